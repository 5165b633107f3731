using System.CommandLine;
using VerifiableML.Cli.CommandLine;
using VerifiableML.Cli.Commands.Inputs;
using VerifiableML.Model.Execution;
using VerifiableML.Model.Quantized;

namespace VerifiableML.Cli.Commands;

/// <summary><c>vml run</c>: the quantized model in exact integers, without a proof.</summary>
internal sealed class RunCommand : VmlCommand
{
    private readonly Argument<string> _folder = new("folder") { Description = "The model's folder." };
    private readonly InputOptions _input = new();

    public RunCommand()
        : base(
            "run",
            "Runs the quantized model on samples, in the exact integers that would be proven, and prints the outputs.",
            "vml run lenet5.vml --input digit.npy",
            "vml run lenet5.vml --input models/mnist-test-images-idx3-ubyte.gz --first 3 --count 5 --json")
    {
        Add(_folder);
        _input.AddTo(this, withCount: true);
    }

    /// <inheritdoc/>
    protected override int Run(ParseResult arguments, Terminal terminal)
    {
        QuantizedModel model = new ModelFolder(arguments.GetRequiredValue(_folder)).ReadModel();
        QuantizedBatch batch = _input.Read(arguments, model, count: null);
        ExecutionTrace trace = terminal.Step("run", () => new VectorExecutor().Execute(model, batch.Values, batch.Count));
        OutputReport report = OutputReport.Of(model, trace.Output, batch.Count);
        report.Show(terminal, batch.First);
        return ExitCode.Accepted;
    }
}
