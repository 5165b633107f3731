using System.Collections.Concurrent;
using VerifiableML.Model.Float;
using VerifiableML.Model.Onnx;
using VerifiableML.Model.Tests.Onnx;
using static VerifiableML.Model.Tests.Onnx.ModelFile;

namespace VerifiableML.Model.Tests.Float;

public class FloatExecutorTests
{
    private static readonly OnnxGraph Graph = ModelFile.Read(Of(
        13, [-1, 2, 6, 6], Node("Conv", "x w b", "a"), Node("Relu", "a", "r"), Node("Flatten", "r", "f"), Node("Gemm", "f g", "y"))
        .With(Floats("w", 3, 2, 3, 3), Floats("b", 3), Floats("g", 48, 5)));

    [Fact]
    public void Batch_is_as_many_single_samples()
    {
        FloatExecutor executor = new(Graph);
        float[] samples = Sequence(7 * 72, 3);
        FloatTensor batch = executor.Run(samples);

        Assert.Equal([7, 5], batch.Shape.AsEnumerable());
        for (int i = 0; i < 7; i++)
        {
            Assert.Equal(executor.Trace(samples.AsMemory(i * 72, 72)).Output.Data, batch.Values.Slice(i * 5, 5));
        }
    }

    [Fact]
    public void Visitor_sees_every_tensor_of_every_sample_once()
    {
        FloatExecutor executor = new(Graph);
        float[] samples = Sequence(50 * 72, 5);
        ConcurrentDictionary<int, float[]> seen = [];
        executor.Visit(samples, (sample, trace) => Assert.True(seen.TryAdd(sample, [.. trace["x"].Data, .. trace["a"].Data])));

        Assert.Equal(50, seen.Count);
        foreach ((int sample, float[] values) in seen)
        {
            FloatTrace trace = executor.Trace(samples.AsMemory(sample * 72, 72));
            Assert.Equal([.. trace["x"].Data, .. trace["a"].Data], values);
        }
    }

    [Theory]
    [InlineData(float.NaN, "NaN")]
    [InlineData(float.PositiveInfinity, "Infinity")]
    public void Input_that_is_no_number_is_refused_by_name(float value, string text)
    {
        float[] samples = new float[144];
        samples[75] = value;
        string message = Assert.Throws<ArgumentException>(() => new FloatExecutor(Graph).Run(samples)).Message;

        Assert.Equal($"input 'x': element 3 of sample 1 is {text}", message);
    }

    [Fact]
    public void Wrong_length_is_refused()
    {
        FloatExecutor executor = new(Graph);
        string tooShort = Assert.Throws<ArgumentException>(() => executor.Run(new float[71])).Message;
        string tooMany = Assert.Throws<ArgumentException>(() => executor.Trace(new float[144])).Message;

        Assert.Contains("'x' [1, 2, 6, 6]", tooShort, StringComparison.Ordinal);
        Assert.Contains("144 values", tooMany, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => executor.Run(ReadOnlyMemory<float>.Empty));
    }

    [Fact]
    public void Overflow_inside_the_network_names_its_tensor()
    {
        OnnxGraph graph = ModelFile.Read(
            Of(13, [-1, 2], Node("Mul", "x w", "product"), Node("Relu", "product", "y")).With(Floats("w", [2], 1, 1e30f)));
        string message = Assert.Throws<ModelFormatException>(() => new FloatExecutor(graph).Run(new float[] { 1, 1e30f })).Message;

        Assert.Contains("'product'", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Exceptions_of_the_visitor_come_through()
    {
        InvalidOperationException thrown = new("mine");
        FloatExecutor executor = new(Graph);
        Assert.Same(thrown, Assert.Throws<InvalidOperationException>(() => executor.Visit(new float[720], (_, _) => throw thrown)));
    }
}
