using VerifiableML.Model.Data;
using VerifiableML.Model.Execution;
using VerifiableML.Model.Float;
using VerifiableML.Model.Onnx;
using VerifiableML.Model.Quantization;
using VerifiableML.Model.Quantized;

namespace VerifiableML.Model.Tests.Quantization;

/// <summary>The trained models of the folder <c>models</c>, on the digits that are kept there.</summary>
public sealed class DigitModelTests
{
    private static readonly string Folder = FindModels();

    [Theory]
    [InlineData("lenet5.onnx", 7)]
    [InlineData("mlp.onnx", 2)]
    public void Quantization_of_a_trained_model_loses_no_digit_of_the_sample(string file, int nodes)
    {
        OnnxGraph graph = OnnxReader.Read(Path.Combine(Folder, file));
        QuantizedModel model = Quantizer.Quantize(graph, Digits("calibration", graph).Values);
        Assert.Equal(nodes, model.Nodes.Length);
        AccuracyReport report = AccuracyReport.Measure(graph, model, Digits("test", graph));
        Assert.Equal(256, report.Samples);
        Assert.True(report.QuantizedAccuracy >= report.FloatAccuracy - 0.003);
        Assert.True(report.Agreement >= 0.99);
        Assert.All(report.Layers, layer => Assert.True(layer.MeanError <= 0.05 * layer.MeanMagnitude, layer.ToString()));
    }

    [Theory]
    [InlineData("lenet5-qdq.onnx")]
    [InlineData("lenet5-qlinear.onnx")]
    public void An_imported_model_gives_the_integers_of_its_own_scales(string file)
    {
        OnnxGraph graph = OnnxReader.Read(Path.Combine(Folder, file));
        QuantizedModel model = Quantizer.Quantize(graph, default);
        SampleSet digits = Digits("test", graph);
        float[] expected = new FloatExecutor(graph).Run(digits.Values).Data;
        ExecutionTrace trace = new VectorExecutor().Execute(model, InputQuantizer.Quantize(model, digits.Values), digits.Count);
        float[] actual = InputQuantizer.Dequantize(model, trace.Output);
        int different = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            // One step of the 8-bit output, where a sum lies next to a tie; nothing else.
            double steps = Math.Abs(expected[i] - actual[i]) / 0.2224;
            Assert.True(steps < 1.01, $"logit {i}: {expected[i]} became {actual[i]}");
            different += steps > 0.01 ? 1 : 0;
        }

        Assert.True(different <= 5, $"{different} of {expected.Length} logits differ");
    }

    private static SampleSet Digits(string set, OnnxGraph graph) => SampleSet.Read(
        Path.Combine(Folder, $"mnist-{set}-images-idx3-ubyte.gz"), graph.Input.Shape, Path.Combine(Folder, $"mnist-{set}-labels-idx1-ubyte.gz"));

    private static string FindModels()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "VerifiableML.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return Path.Combine(folder ?? throw new InvalidOperationException("the tests do not run inside the repository"), "models");
    }
}
