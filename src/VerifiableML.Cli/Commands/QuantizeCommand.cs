using System.CommandLine;
using System.Text;
using Spectre.Console;
using VerifiableML.Cli.CommandLine;
using VerifiableML.Cli.Commands.Benchmarks;
using VerifiableML.Model.Data;
using VerifiableML.Model.Onnx;
using VerifiableML.Model.Quantization;
using VerifiableML.Model.Quantized;
using VerifiableML.Protocol.Serialization;

namespace VerifiableML.Cli.Commands;

/// <summary><c>vml quantize</c>: from a float or quantized ONNX model to the exact integers that are proven.</summary>
internal sealed class QuantizeCommand : VmlCommand
{
    private readonly Argument<string> _model = new("model") { Description = "The .onnx file." };
    private readonly Option<string?> _calibration = new("--calibration", "-c")
    {
        Description = "Samples that set the scales: .npy, .npz, JSON or IDX. Not needed for a model that is quantized already.",
        HelpName = "file",
    };

    private readonly Option<string?> _test = new("--test") { Description = "Samples on which float and quantized model are compared.", HelpName = "file" };
    private readonly Option<string?> _labels = new("--labels") { Description = "Their classes.", HelpName = "file" };
    private readonly Option<string?> _out = new("--out", "-o") { Description = "The model's folder; the model's name with .vml, if not given.", HelpName = "folder" };
    private readonly Option<string?> _like = new("--like")
    {
        Description = "A model.vmlm of the same architecture whose scales, shifts and tables are taken over, so that circuit and phase-2 key stay the same.",
        HelpName = "file",
    };

    private readonly Option<double?> _inputMaximum = new("--input-maximum")
    {
        Description = "Greatest absolute value of the inputs; taken from the calibration samples, if not given.",
        HelpName = "x",
    };

    private readonly Option<double> _pixelScale = new("--pixel-scale")
    {
        Description = "What the bytes of IDX images are multiplied by.",
        DefaultValueFactory = _ => 1.0 / 255,
        HelpName = "x",
    };

    public QuantizeCommand()
        : base(
            "quantize",
            "Turns an ONNX model into exact integers, and reports what that costs in accuracy.",
            "vml quantize lenet5.onnx --calibration train.npy",
            "vml quantize lenet5.onnx --calibration train-images.gz --test test-images.gz --labels test-labels.gz --out lenet5.vml")
    {
        Add(_model);
        Add(_calibration);
        Add(_test);
        Add(_labels);
        Add(_out);
        Add(_like);
        Add(_inputMaximum);
        Add(_pixelScale);
    }

    /// <inheritdoc/>
    protected override int Run(ParseResult arguments, Terminal terminal)
    {
        string path = arguments.GetRequiredValue(_model);
        ModelFolder folder = arguments.GetValue(_out) is string named ? new ModelFolder(named) : ModelFolder.ForModelFile(path);
        OnnxGraph graph = OnnxReader.Read(path);
        float[] samples = arguments.GetValue(_calibration) is string calibration ? Read(arguments, calibration, graph, labels: null).Values : [];
        var options = new QuantizerOptions
        {
            Like = arguments.GetValue(_like) is string like ? ReadModel(like) : null,
            InputMaximum = arguments.GetValue(_inputMaximum),
        };
        QuantizedModel model = terminal.Step("calibrate and quantize", progress => Quantizer.Quantize(graph, samples, options, new Share(progress)));
        Directory.CreateDirectory(folder.Root);
        QuantizedModelFile.Write(folder.Model, model);
        Describe(terminal, folder, model);
        if (arguments.GetValue(_test) is string test)
        {
            SampleSet set = Read(arguments, test, graph, arguments.GetValue(_labels));
            AccuracyReport comparison = terminal.Step(
                "compare with the float model", progress => AccuracyReport.Measure(graph, model, set, new Share(progress)));
            Describe(terminal, comparison);
        }

        AtomicFile.Write(folder.QuantizationReport, Encoding.UTF8.GetBytes(terminal.Report.ToString()));
        return ExitCode.Accepted;
    }

    private static QuantizedModel ReadModel(string path) =>
        QuantizedModelFile.TryRead(path, out QuantizedModel? model, out string? error) ? model : throw new MisuseException(error);

    private static void Describe(Terminal terminal, ModelFolder folder, QuantizedModel model)
    {
        terminal.Report["file"] = folder.Model;
        terminal.Report["name"] = model.Name;
        terminal.Report["weights"] = BenchmarkModel.Weights(model);
        terminal.Report["input"] = Describe(model.Input);
        terminal.Report["output"] = Describe(model.Output);
        terminal.Report["postProcessing"] = model.PostProcessing.ToString();
        terminal.Report["layers"] = model.Nodes.Select(node => new { node.Name, Output = Describe(node.Output), (node as AccumulatingNode)?.Requantization?.Shift });
        terminal.Line($"{folder.Model}: {model.Nodes.Length} integer operations, {BenchmarkModel.Weights(model):N0} weights and biases");
        terminal.Line($"input  '{model.Input.Name}' {model.Input.Shape}, integers {model.Input.Minimum} to {model.Input.Maximum}, one step is {model.Input.Scale:g6}");
        terminal.Line($"output '{model.Output.Name}' {model.Output.Shape}, one step is {model.Output.Scale:g6}");
        if (model.PostProcessing != PostProcessing.None)
        {
            terminal.Line($"Proven are the values before {model.PostProcessing}; {model.PostProcessing} is computed from them afterwards.");
        }
    }

    private static object Describe(QuantizedTensor tensor) => new { tensor.Name, Shape = tensor.Shape.ToString(), tensor.Minimum, tensor.Maximum, tensor.Scale };

    private static void Describe(Terminal terminal, AccuracyReport comparison)
    {
        terminal.Report["comparison"] = comparison;
        if (comparison is { FloatAccuracy: double real, QuantizedAccuracy: double integer })
        {
            terminal.Line(
                $"accuracy on {comparison.Samples} samples: float {100 * real:0.00} %, quantized {100 * integer:0.00} % ({100 * (real - integer):0.00} points lost)");
        }

        terminal.Line($"both see the same class in {100 * comparison.Agreement:0.00} % of {comparison.Samples} samples");
        if (comparison.SaturatedInputs > 0)
        {
            terminal.Line($"{comparison.SaturatedInputs} samples have values outside the calibrated range; they were saturated here");
        }

        Table table = new Table().Border(TableBorder.Simple).AddColumns("tensor", "made by");
        foreach (string heading in new[] { "mean error", "worst error", "mean magnitude", "saturated" })
        {
            table.AddColumn(new TableColumn(heading).RightAligned());
        }

        foreach (LayerError layer in comparison.Layers)
        {
            table.AddRow(
                Markup.Escape(layer.Tensor), Markup.Escape(layer.Node), $"{layer.MeanError:g3}", $"{layer.WorstError:g3}",
                $"{layer.MeanMagnitude:g3}", $"{layer.SaturatedShare:0.0 %}");
        }

        terminal.Write(table);
    }

    private SampleSet Read(ParseResult arguments, string path, OnnxGraph graph, string? labels) =>
        SampleSet.Read(path, graph.Input.Shape, labels, (float)arguments.GetValue(_pixelScale));

    private sealed class Share(IProgress<string> progress) : IProgress<double>
    {
        public void Report(double value) => progress.Report($"{value:0 %}");
    }
}
