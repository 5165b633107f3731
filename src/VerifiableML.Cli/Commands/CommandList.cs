using System.CommandLine;

namespace VerifiableML.Cli.Commands;

/// <summary>The commands of <c>vml</c>, in the order in which they are used.</summary>
internal static class CommandList
{
    /// <summary>Examples for the help of <c>vml</c> itself.</summary>
    public static IReadOnlyList<string> Examples { get; } =
    [
        "vml demo                                          the whole job on real digits, no arguments needed",
        "vml quantize model.onnx --calibration samples.npy writes model.vml/model.vmlm",
        "vml setup model.vml --ptau powers.ptau            writes model.vml/srs.vmls",
        "vml keygen model.vml                              writes proving.key and verification.key",
        "vml prove model.vml --input x.npy                 writes proof.vmlp and public.json",
        "vml verify model.vml                              exit code 0: accepted, 1: rejected",
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
        new VerifyCommand(),
        new BenchCommand(),
        new DemoCommand(),
    ];
}
