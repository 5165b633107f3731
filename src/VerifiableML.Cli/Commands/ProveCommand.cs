using System.CommandLine;
using VerifiableML.Algebra.Vectors;
using VerifiableML.Circuits.Keys;
using VerifiableML.Circuits.Verification;
using VerifiableML.Cli.CommandLine;
using VerifiableML.Cli.Commands.Inputs;
using VerifiableML.Cli.Commands.Wrapping;
using VerifiableML.Cli.Devices;
using VerifiableML.Cli.Files;
using VerifiableML.Model.Execution;
using VerifiableML.Protocol.Proofs;
using VerifiableML.Protocol.Serialization;
using VerifiableML.Prover;
using VerifiableML.Prover.Keys;

namespace VerifiableML.Cli.Commands;

/// <summary><c>vml prove</c>: runs the model and proves that the output came from it.</summary>
internal sealed class ProveCommand : VmlCommand
{
    private readonly Argument<string> _folder = new("folder") { Description = "The model's folder, with its proving key." };
    private readonly InputOptions _input = new();
    private readonly Option<string?> _proof = new("--proof") { Description = "Where to write the proof; proof.vmlp in the folder, if not given.", HelpName = "file" };
    private readonly Option<string?> _public = new("--public") { Description = "Where to write the public values; public.json in the folder, if not given.", HelpName = "file" };
    private readonly Option<byte[]?> _context = ContextOption.Create();
    private readonly Option<string?> _request = new("--request")
    {
        Description = "The request.json that 'vml chain request' wrote: the proof is bound to it, as a chain wants it.",
        HelpName = "file",
    };

    private readonly Option<string> _device = DeviceOption.Create();
    private readonly Option<bool> _wrap = new("--wrap") { Description = "Wrap the proof right away, as 'vml wrap' does, into wrapped.vmlp." };

    public ProveCommand()
        : base(
            "prove",
            "Runs the model on as many samples as a proof covers, and writes the proof and what it is about.",
            "vml prove lenet5.vml --input digit.npy",
            "vml prove lenet5.vml --input models/mnist-test-images-idx3-ubyte.gz --first 7",
            "vml prove lenet5.vml --input digit.npy --wrap",
            "vml prove lenet5.vml --input digit.npy --wrap --request lenet5.vml/request.json")
    {
        Add(_folder);
        _input.AddTo(this, withCount: false);
        Add(_proof);
        Add(_public);
        Add(_context);
        Add(_request);
        Add(_device);
        Add(_wrap);
        Validators.Add(result =>
        {
            if (result.GetResult(_context) is not null && result.GetResult(_request) is not null)
            {
                result.AddError("--context and --request are two ways to say the same: give one");
            }
        });
    }

    /// <inheritdoc/>
    protected override int Run(ParseResult arguments, Terminal terminal)
    {
        var folder = new ModelFolder(arguments.GetRequiredValue(_folder));
        byte[] context = arguments.GetValue(_request) is string request ? ChainRequest.Read(request).Context.ToArray() : arguments.GetValue(_context) ?? [];
        ProvingKey key = terminal.Step("read the proving key", () => ReadKey(folder.ProvingKey));
        SetupNotice.Show(key.Verification.Setup, terminal);
        WrapTools? tools = arguments.GetValue(_wrap) ? WrapTools.Read(folder, key.Verification, terminal) : null;
        QuantizedBatch batch = _input.Read(arguments, key.Model, key.Circuit.Options.BatchSize);
        (ExecutionTrace trace, ProvenInference proven) = DeviceJob.Run(
            arguments.GetRequiredValue(_device), CpuEstimate.Prove(key.Model, batch.Count), terminal,
            device => Prove(device, key, batch, context, terminal));

        string proofPath = arguments.GetValue(_proof) ?? folder.Proof;
        string publicPath = arguments.GetValue(_public) ?? folder.PublicValues;
        byte[] proof = CoreProofFormat.Encode(proven.Proof);
        AtomicFile.Write(proofPath, proof);
        RemoveStale(folder, publicPath);
        PublicStatementFile.Write(publicPath, new PublicDocument([.. key.Verification.ModelCommitment()], proven.Statement));

        OutputReport.Of(key.Model, trace.Output, batch.Count).Show(terminal, batch.First);
        terminal.Report["proof"] = new { File = proofPath, Bytes = proof.Length };
        terminal.Report["public"] = publicPath;
        terminal.Report["seconds"] = proven.Clock.Total.TotalSeconds;
        terminal.Report["stages"] = proven.Clock.Durations.ToDictionary(stage => stage.Key.ToString(), stage => stage.Value.TotalSeconds);
        terminal.Report["peakMemoryBytes"] = MemoryUse.Peak;
        terminal.Line($"proof         {proofPath} ({Terminal.Bytes(proof.Length)}), made in {Terminal.Duration(proven.Clock.Total)}");
        terminal.Line($"public values {publicPath}");
        return tools is null ? ExitCode.Accepted : WrapJob.Run(tools, proven.Statement, proven.Proof, folder.WrappedProof, terminal);
    }

    private static (ExecutionTrace Trace, ProvenInference Proven) Prove(
        ComputeDevice device, ProvingKey key, QuantizedBatch batch, byte[] context, Terminal terminal)
    {
        ExecutionTrace trace = terminal.Step("run", () => device.Executor.Execute(key.Model, batch.Values, batch.Count));
        ProvenInference proven = terminal.Step(
            "prove", progress => InferenceProver.Prove(key, trace, context, progress: new StageProgress(progress), backend: device.Backend));
        return (trace, proven);
    }

    // A wrapped proof of the values that stood in public.json until now is of no use any more.
    private static void RemoveStale(ModelFolder folder, string publicPath)
    {
        if (publicPath == folder.PublicValues)
        {
            File.Delete(folder.WrappedProof);
        }
    }

    private static ProvingKey ReadKey(string path) =>
        ProvingKeyFormat.TryRead(path, out ProvingKey? key, out FileError? error) ? key : throw error.ToException();

    private sealed class StageProgress(IProgress<string> progress) : IProgress<ProverStage>
    {
        public void Report(ProverStage value) => progress.Report($"{value} done");
    }
}
