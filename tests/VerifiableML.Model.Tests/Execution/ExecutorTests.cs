using System.Collections.Immutable;
using VerifiableML.Model.Execution;
using VerifiableML.Model.Quantized;
using VerifiableML.Model.Samples;

namespace VerifiableML.Model.Tests.Execution;

public sealed class ExecutorTests
{
    [Fact]
    public void Random_models_give_the_same_bits_on_both_executors()
    {
        for (ulong seed = 0; seed < 400; seed++)
        {
            QuantizedModel model = RandomModel.Create(seed);
            int batch = 1 + (int)(seed % 3);
            AssertEqual(model, SyntheticModels.Input(model, batch, seed), batch, $"seed {seed}");
            AssertEqual(model, Extremes(model, batch, seed), batch, $"seed {seed}, extremes");
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Lenet_gives_the_same_bits_on_both_executors(int batch)
    {
        QuantizedModel model = SyntheticModels.Lenet5();
        AssertEqual(model, SyntheticModels.Input(model, batch), batch, "lenet");
        AssertEqual(model, Extremes(model, batch, 5), batch, "lenet, extremes");
    }

    [Fact]
    public void A_wide_dense_layer_gives_the_same_bits_on_both_executors()
    {
        QuantizedModel model = SyntheticModels.Mlp(3000, 130, 7);
        AssertEqual(model, SyntheticModels.Input(model, 1), 1, "mlp");
        AssertEqual(model, SyntheticModels.Input(model, 67), 67, "mlp batch");
    }

    [Fact]
    public void Sums_that_doubles_could_round_take_the_exact_path()
    {
        // 2^30 · (2^22 + 1) twice with opposite signs, and 1: partial sums of a double would lose the 1.
        const int Size = 4;
        var input = new QuantizedTensor("in", new TensorShape(1, 1, Size), 1 << 24, (1 << 24) + 1, 1);
        int[] weights = [int.MaxValue, -int.MaxValue, 1, 0];
        var node = new ConvolutionNode(
            "n", new QuantizedTensor("out", new TensorShape(1, 1, 1), -int.MaxValue, int.MaxValue, 1), [], new Requantization(
                30, new ActivationTable("t", 8, -3, [.. Enumerable.Range(0, 7)])), (1L << 53) - 1, 0, Window(1), Window(1), 1, weights);
        var model = new QuantizedModel("m", input, [node], 1, PostProcessing.None);
        AssertEqual(QuantizedModelValidator.Validated(model), [1 << 24, 1 << 24, (1 << 24) + 1, 1 << 24], 1, "wide");
    }

    [Fact]
    public void An_input_out_of_range_names_the_tensor()
    {
        QuantizedModel model = SyntheticModels.Mlp(4, 2);
        foreach (IIntegerExecutor executor in new IIntegerExecutor[] { new ReferenceExecutor(), new VectorExecutor() })
        {
            Assert.Contains("'input'", Assert.Throws<ArgumentException>(() => executor.Execute(model, [1, 2, 128, 4], 1)).Message);
            Assert.Contains("'input'", Assert.Throws<ArgumentException>(() => executor.Execute(model, [1, 2, 3], 1)).Message);
            Assert.Throws<ArgumentException>(() => executor.Execute(model, [], 0));
        }
    }

    [Fact]
    public void A_convolution_follows_its_formula_on_a_hand_computed_case()
    {
        // 1-D: input 1 2 3, kernel (1, 10), padded once in front, stride 2: 10·1; 1·2 + 10·3. Then +5, (acc + 4) >> 3, clamped to 0..4.
        var node = new ConvolutionNode(
            "n", new QuantizedTensor("out", new TensorShape(2, 1, 1), 0, 4, 1), [5], new Requantization(3, new ActivationTable("t", 4, 0, [0, 1, 2, 3, 4])),
            100, 0, new AxisWindow(2, 2, 1, 1, 3, 2), Window(1), 1, [1, 10]);
        var model = QuantizedModelValidator.Validated(new QuantizedModel(
            "m", new QuantizedTensor("in", new TensorShape(3, 1, 1), -4, 4, 1), [node], 1, PostProcessing.None));
        ExecutionTrace trace = new ReferenceExecutor().Execute(model, [1, 2, 3], 1);
        Assert.Equal([15, 37], trace.Accumulators[0]!);
        Assert.Equal([2, 4], trace.Output);
    }

    private static AxisWindow Window(int size) => new(1, 1, 1, 0, size, size);

    private static int[] Extremes(QuantizedModel model, int batch, ulong seed)
    {
        var random = new SampleRandom(seed);
        return [.. Enumerable.Range(0, batch * model.Input.Shape.Cells)
            .Select(_ => (int)(random.Integer(0, 1) == 0 ? model.Input.Minimum : model.Input.Maximum))];
    }

    private static void AssertEqual(QuantizedModel model, int[] input, int batch, string what)
    {
        ExecutionTrace expected = new ReferenceExecutor().Execute(model, input, batch);
        foreach (int threads in new[] { 1, 2 })
        {
            ExecutionTrace actual = new VectorExecutor(threads).Execute(model, input, batch);
            for (int i = 0; i < model.Nodes.Length; i++)
            {
                Assert.True(expected.Values[i + 1].AsSpan().SequenceEqual(actual.Values[i + 1]), $"{what}: value {i + 1}, {model.Nodes[i]}");
                Assert.Equal(expected.Accumulators[i] is null, actual.Accumulators[i] is null);
                Assert.True(expected.Accumulators[i].AsSpan().SequenceEqual(actual.Accumulators[i]), $"{what}: accumulators {i}, {model.Nodes[i]}");
            }
        }
    }
}
