using System.CommandLine;
using VerifiableML.Cli.Commands.Ceremony;
using VerifiableML.Cli.Commands.OnChain;
using VerifiableML.Cli.Devices;

namespace VerifiableML.Cli.Commands;

/// <summary>The commands of <c>vml</c>, in the order in which they are used.</summary>
internal static class CommandList
{
    /// <summary>Examples for the help of <c>vml</c> itself.</summary>
    public static IReadOnlyList<string> Examples { get; } =
    [
        "vml demo                                          the whole job on real digits, no arguments needed",
        "vml quantize model.onnx --calibration samples.npy writes model.vml/model.vmlm",
        "vml setup model.vml --ptau powers.ptau --wrap     writes model.vml/srs.vmls",
        "vml keygen model.vml --wrap                       writes proving.key, verification.key, wrap.zkey and wrap.key",
        "vml prove model.vml --input x.npy                 writes proof.vmlp and public.json",
        "vml wrap model.vml                                writes wrapped.vmlp, small and zero-knowledge",
        "vml ceremony contribute model.vml                 makes the wrap key one that nobody can forge under",
        "vml verify model.vml                              exit code 0: accepted, 1: rejected",
        "vml chain up --detach                             a local chain; 'vml chain --help' shows how proofs get there",
    ];

    /// <summary>Makes the commands.</summary>
    public static IEnumerable<Command> Create() =>
    [
        new InspectCommand(),
        new QuantizeCommand(),
        new SetupCommand(),
        new KeygenCommand(),
        new RunCommand(),
        new ProveCommand(),
        new WrapCommand(),
        new VerifyCommand(),
        new ExportCommand(),
        new CeremonyCommand(),
        new ChainCommand(),
        new BenchCommand(),
        new DevicesCommand(),
        new DemoCommand(),
    ];
}
