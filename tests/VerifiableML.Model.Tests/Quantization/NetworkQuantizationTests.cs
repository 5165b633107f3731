using VerifiableML.Model.Execution;
using VerifiableML.Model.Float;
using VerifiableML.Model.Onnx;
using VerifiableML.Model.Quantization;
using VerifiableML.Model.Quantized;
using VerifiableML.Model.Tests.Float;

namespace VerifiableML.Model.Tests.Quantization;

/// <summary>
/// The networks and single operators that the float executor is held to against onnxruntime, quantized: every one is either close to its
/// float results or refused in one line that names the node.
/// </summary>
public sealed class NetworkQuantizationTests
{
    private const int Samples = 16;

    public static TheoryData<string> Networks => SelfTestingModel.Names("Networks");

    [Theory]
    [MemberData(nameof(Networks))]
    public void A_network_is_close_to_floats_or_refused(string name) => Check("Networks", name);

    [Fact]
    public void A_single_operator_is_close_to_floats_or_refused()
    {
        int quantized = 0;
        foreach (string name in SelfTestingModel.Names("Nodes"))
        {
            quantized += Check("Nodes", name) ? 1 : 0;
        }

        Assert.True(quantized >= 150, $"only {quantized} of the operators' cases can be quantized");
    }

    private static bool Check(string folder, string name)
    {
        OnnxGraph graph;
        QuantizedModel model;
        float[] samples;
        try
        {
            graph = OnnxReader.Read(new SelfTestingModel(folder, name).Bytes, name);
            samples = Uniform(graph.Input.Count * Samples);
            model = Quantizer.Quantize(graph, samples);
        }
        catch (Exception exception) when (exception is ModelFormatException or QuantizationException)
        {
            Assert.StartsWith($"{name}: ", exception.Message);
            Assert.DoesNotContain('\n', exception.Message);
            return false;
        }

        AssertSurvives(model);
        int[] integers = InputQuantizer.Quantize(model, samples, saturate: true);
        ExecutionTrace trace = new VectorExecutor().Execute(model, integers, Samples);
        if (model.PostProcessing == PostProcessing.None && graph.Output.ElementType == OnnxElementType.Float)
        {
            AssertClose(name, new FloatExecutor(graph).Run(samples).Data, InputQuantizer.Dequantize(model, trace.Output));
        }

        return true;
    }

    /// <summary>Whatever calibration saw, the ends of the input range must be executable within every static bound.</summary>
    private static void AssertSurvives(QuantizedModel model)
    {
        int cells = model.Input.Shape.Cells;
        var random = new Random(5);
        foreach (Func<int, long> choose in new Func<int, long>[]
        {
            _ => model.Input.Minimum, _ => model.Input.Maximum, _ => random.Next(2) == 0 ? model.Input.Minimum : model.Input.Maximum,
        })
        {
            int[] input = [.. Enumerable.Range(0, cells).Select(i => (int)choose(i))];
            ExecutionTrace trace = new ReferenceExecutor().Execute(model, input, 1);
            for (int i = 0; i < model.Nodes.Length; i++)
            {
                Assert.All(trace.Values[i + 1], value => Assert.InRange(value, model.Nodes[i].Output.Minimum, model.Nodes[i].Output.Maximum));
                if (model.Nodes[i] is AccumulatingNode { Requantization: { } requantization } node)
                {
                    long half = 1L << (requantization.Table.DomainBits - 1);
                    Assert.All(trace.Accumulators[i]!, accumulator =>
                    {
                        Assert.InRange(accumulator, -node.AccumulatorBound, node.AccumulatorBound);
                        Assert.InRange(requantization.Quotient(accumulator), -half, half - 1);
                    });
                }
            }
        }
    }

    private static void AssertClose(string name, float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        double magnitude = expected.Max(Math.Abs);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.True(Math.Abs(expected[i] - actual[i]) <= 0.06 * magnitude, $"{name}, element {i}: {expected[i]} became {actual[i]}");
        }
    }

    private static float[] Uniform(int count)
    {
        var random = new Random(3);
        return [.. Enumerable.Range(0, count).Select(_ => (random.NextSingle() * 4) - 2)];
    }
}
