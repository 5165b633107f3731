using VerifiableML.Model.Data;
using VerifiableML.Model.Execution;
using VerifiableML.Model.Onnx;
using VerifiableML.Model.Onnx.Schema;
using VerifiableML.Model.Quantization;
using VerifiableML.Model.Quantized;
using static VerifiableML.Model.Tests.Onnx.ModelFile;

namespace VerifiableML.Model.Tests.Quantization;

public sealed class QuantizerTests
{
    private static readonly float[] Samples = Sequence(12 * 20, 3);

    [Fact]
    public void Retrained_weights_keep_the_circuit()
    {
        QuantizedModel first = Quantizer.Quantize(Network(1).Read(), Samples);
        QuantizedModel second = Quantizer.Quantize(Network(1.4f).Read(), default, new QuantizerOptions { Like = first });
        for (int i = 0; i < first.Nodes.Length; i++)
        {
            var (a, b) = ((ConvolutionNode)first.Nodes[i], (ConvolutionNode)second.Nodes[i]);
            Assert.Equal(a.Requantization, b.Requantization);
            Assert.Equal(a.AccumulatorBound, b.AccumulatorBound);
            Assert.Equal(a.Output, b.Output);
        }

        Assert.NotEqual(((ConvolutionNode)first.Nodes[0]).Weights, ((ConvolutionNode)second.Nodes[0]).Weights);

        QuantizedModel same = Quantizer.Quantize(Network(1).Read(), default, new QuantizerOptions { Like = first });
        Assert.Equal(QuantizedModelFile.Encode(first), QuantizedModelFile.Encode(same));
    }

    [Fact]
    public void Weights_that_do_not_fit_the_other_circuit_are_refused_by_name()
    {
        QuantizedModel first = Quantizer.Quantize(Network(1).Read(), Samples);
        string message = Assert.Throws<QuantizationException>(
            () => Quantizer.Quantize(Network(40).Read(), default, new QuantizerOptions { Like = first })).Message;
        Assert.Contains("node 'Gemm_0'", message);
        ModelMessage other = Of(13, [1, 12], Node("Gemm", "x w", "y")).With(Floats("w", 12, 5));
        Assert.Contains("architecture", Assert.Throws<QuantizationException>(
            () => Quantizer.Quantize(other.Read(), default, new QuantizerOptions { Like = first })).Message);
    }

    [Fact]
    public void Samples_are_required_and_checked()
    {
        OnnxGraph graph = Network(1).Read();
        Assert.Contains("calibration samples are needed", Assert.Throws<QuantizationException>(() => Quantizer.Quantize(graph, default)).Message);
        Assert.Contains("'x'", Assert.Throws<QuantizationException>(() => Quantizer.Quantize(graph, new float[13])).Message);
        Assert.Contains("NaN", Assert.Throws<QuantizationException>(() => Quantizer.Quantize(graph, Enumerable.Repeat(float.NaN, 12).ToArray())).Message);
    }

    [Fact]
    public void Degenerate_weights_and_samples_still_give_a_valid_model()
    {
        foreach (float factor in new[] { 0f, 1e-30f, 1e15f })
        {
            QuantizedModel model = Quantizer.Quantize(Network(factor).Read(), Samples);
            new ReferenceExecutor().Execute(model, InputQuantizer.Quantize(model, Samples), 20);
        }

        Quantizer.Quantize(Network(1).Read(), new float[24]);
    }

    [Fact]
    public void A_worst_case_beyond_the_widest_table_makes_the_step_coarser_and_never_invalid()
    {
        float[] small = [.. Samples.Select(value => value / 100_000)];
        QuantizedModel model = Quantizer.Quantize(Network(1).Read(), small, new QuantizerOptions { InputMaximum = 1000 });
        Assert.Equal(20, ((AccumulatingNode)model.Nodes[0]).Requantization!.Table.DomainBits);
        foreach (int extreme in new[] { -127, 127 })
        {
            int[] input = [.. Enumerable.Repeat(extreme, 12)];
            ExecutionTrace trace = new ReferenceExecutor().Execute(model, input, 1);
            Assert.All(trace.Accumulators[0]!, accumulator =>
                Assert.InRange(((AccumulatingNode)model.Nodes[0]).Requantization!.Quotient(accumulator), -1 << 19, (1 << 19) - 1));
        }
    }

    [Fact]
    public void Inputs_out_of_range_are_refused_unless_saturation_is_asked_for()
    {
        QuantizedModel model = Quantizer.Quantize(Network(1).Read(), Samples);
        float[] sample = [.. Enumerable.Repeat(100f, 12)];
        Assert.Contains("'x'", Assert.Throws<ArgumentException>(() => InputQuantizer.Quantize(model, sample)).Message);
        Assert.All(InputQuantizer.Quantize(model, sample, saturate: true), value => Assert.Equal(127, value));
        Assert.Throws<ArgumentException>(() => InputQuantizer.Quantize(model, [.. sample.Skip(1), float.NaN], saturate: true));
        Assert.Throws<ArgumentException>(() => InputQuantizer.Quantize(model, sample.AsSpan(1)));
    }

    [Fact]
    public void The_report_counts_classes_and_errors()
    {
        OnnxGraph graph = Network(1).Read();
        QuantizedModel model = Quantizer.Quantize(graph, Samples);
        int[] classes = InputQuantizer.ArgMax(model, new VectorExecutor().Execute(model, InputQuantizer.Quantize(model, Samples), 20).Output);
        var set = new SampleSet([1, 12], Samples, [.. classes]);
        AccuracyReport report = AccuracyReport.Measure(graph, model, set);
        Assert.Equal(20, report.Samples);
        Assert.Equal(1, report.QuantizedAccuracy);
        Assert.Equal(report.FloatAccuracy, report.Agreement);
        Assert.Equal(0, report.SaturatedInputs);
        Assert.Equal(["x", "r", "y"], report.Layers.Select(layer => layer.Tensor));
        Assert.All(report.Layers, layer => Assert.InRange(layer.MeanError, 0, 0.02 * layer.MeanMagnitude));
        Assert.Null(AccuracyReport.Measure(graph, model, set with { Labels = [] }).FloatAccuracy);
        Assert.Throws<ArgumentException>(() => AccuracyReport.Measure(
            Of(13, [1, 12], Node("Gemm", "x w", "y")).With(Floats("w", 12, 5)).Read(), model, set));
    }

    private static ModelMessage Network(float factor) => Of(
        13, [1, 12], Node("Gemm", "x w b", "a"), Node("Relu", "a", "r"), Node("Gemm", "r v", "y"))
        .With(
            Floats("w", [12, 8], [.. Sequence(96, 5).Select(value => value * factor)]),
            Floats("b", [8], [.. Sequence(8, 7).Select(value => value * factor)]),
            Floats("v", [8, 4], Sequence(32, 11)));
}
