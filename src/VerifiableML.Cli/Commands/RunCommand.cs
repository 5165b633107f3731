using System.CommandLine;
using VerifiableML.Cli.CommandLine;
using VerifiableML.Cli.Commands.Inputs;
using VerifiableML.Cli.Devices;
using VerifiableML.Model.Quantized;

namespace VerifiableML.Cli.Commands;

/// <summary><c>vml run</c>: the quantized model in exact integers, without a proof.</summary>
internal sealed class RunCommand : VmlCommand
{
    private readonly Argument<string> _folder = new("folder") { Description = "The model's folder." };
    private readonly InputOptions _input = new();
    private readonly Option<string> _device = DeviceOption.Create();

    public RunCommand()
        : base(
            "run",
            "Runs the quantized model on samples, in the exact integers that would be proven, and prints the outputs.",
            "vml run lenet5.vml --input digit.npy",
            "vml run lenet5.vml --input models/mnist-test-images-idx3-ubyte.gz --first 3 --count 5 --json",
            "vml run lenet5.vml --input models/mnist-test-images-idx3-ubyte.gz --device cuda:0")
    {
        Add(_folder);
        _input.AddTo(this, withCount: true);
        Add(_device);
    }

    /// <inheritdoc/>
    protected override int Run(ParseResult arguments, Terminal terminal)
    {
        QuantizedModel model = new ModelFolder(arguments.GetRequiredValue(_folder)).ReadModel();
        QuantizedBatch batch = _input.Read(arguments, model, count: null);
        int[] output = DeviceJob.Run(
            arguments.GetRequiredValue(_device), CpuEstimate.Run(model, batch.Count), terminal,
            device => terminal.Step("run", () => device.Executor.Run(model, batch.Values, batch.Count)));
        OutputReport report = OutputReport.Of(model, output, batch.Count);
        report.Show(terminal, batch.First);
        return ExitCode.Accepted;
    }
}
