using VerifiableML.Model.Execution;
using VerifiableML.Model.Float;
using VerifiableML.Model.Onnx;
using VerifiableML.Model.Onnx.Schema;
using VerifiableML.Model.Quantization;
using VerifiableML.Model.Quantized;
using static VerifiableML.Model.Tests.Onnx.ModelFile;

namespace VerifiableML.Model.Tests.Quantization;

/// <summary>What graphs become: which nodes are left, and that they compute the same.</summary>
public sealed class LoweringTests
{
    private static readonly NodeMessage Convolution = Node("Conv", "x w b", "a", ("pads", new long[] { 1, 1, 1, 1 }));

    private static TensorMessage[] Weights => [Floats("w", 4, 2, 3, 3), Floats("b", 4)];

    [Fact]
    public void Batch_normalization_and_activation_become_part_of_the_convolution()
    {
        ModelMessage file = Of(
            13,
            [1, 2, 6, 5],
            Convolution,
            Node("BatchNormalization", "a s o m v", "n"),
            Node("Relu", "n", "r"),
            Node("Clip", "r low high", "y"))
            .With(Weights)
            .With(Floats("s", [4], 1, -2, 0.5f, 3), Floats("o", [4], 0, 1, -1, 2), Floats("m", [4], 0.5f, 0, 1, -1), Floats("v", [4], 1, 4, 0.25f, 2))
            .With(Floats("low", [], -1), Floats("high", [], 3));
        QuantizedModel model = AssertClose(file);
        Assert.Equal(3, Assert.IsType<ConvolutionNode>(Assert.Single(model.Nodes)).Output.Maximum * model.Output.Scale, 1);
    }

    [Fact]
    public void An_activation_behind_a_max_pooling_moves_in_front_of_it()
    {
        ModelMessage file = Of(13, [1, 2, 6, 6], Convolution, Node("MaxPool", "a", "p", ("kernel_shape", new long[] { 2, 2 })), Node("Relu", "p", "y")).With(Weights);
        QuantizedModel model = AssertClose(file);
        Assert.Equal(2, model.Nodes.Length);
        Assert.Equal("relu", Assert.IsType<ConvolutionNode>(model.Nodes[0]).Requantization!.Table.Name);
        Assert.Equal(0, Assert.IsType<MaxPoolNode>(model.Nodes[1]).Output.Minimum);
    }

    [Fact]
    public void An_activation_that_others_bypass_is_a_node_of_its_own()
    {
        ModelMessage file = Of(13, [1, 2, 6, 6], Convolution, Node("Relu", "a", "r"), Node("Sub", "a r", "y")).With(Weights);
        QuantizedModel model = AssertClose(file);
        Assert.Equal(3, model.Nodes.Length);
        Assert.Equal("clamp", Assert.IsType<ConvolutionNode>(model.Nodes[0]).Requantization!.Table.Name);
        Assert.Equal("relu", Assert.IsType<WeightedSumNode>(model.Nodes[1]).Requantization!.Table.Name);
    }

    [Fact]
    public void A_dense_layer_takes_a_flattened_image_as_it_stands()
    {
        ModelMessage file = Of(
            13, [1, 2, 4, 3], Convolution, Node("Relu", "a", "r"), Node("Flatten", "r", "f"), Node("Gemm", "f g c", "y", ("transB", 1)))
            .With(Weights).With(Floats("g", 5, 48), Floats("c", 5));
        QuantizedModel model = AssertClose(file);
        Assert.Equal(2, model.Nodes.Length);
        ConvolutionNode dense = Assert.IsType<ConvolutionNode>(model.Nodes[1]);
        Assert.True(dense.Rows.CoversAll && dense.Columns.CoversAll);
        Assert.Null(dense.Requantization);
        Assert.True(dense.AccumulatorBound < 1L << 31);
    }

    [Fact]
    public void An_input_with_channels_last_costs_no_node()
    {
        ModelMessage file = Of(13, [1, 6, 5, 2], Node("Transpose", "x", "t", ("perm", new long[] { 0, 3, 1, 2 })), Node("Conv", "t w b", "y")).With(Weights);
        QuantizedModel model = AssertClose(file);
        Assert.Single(model.Nodes);
        Assert.Equal([0, 1, 2, 3], model.InputLayout.Order.ToArray());
    }

    [Fact]
    public void A_residual_sum_of_different_scales_is_one_weighted_sum()
    {
        ModelMessage file = Of(
            13,
            [1, 2, 6, 6],
            Convolution,
            Node("Relu", "a", "r"),
            Node("Conv", "r w2", "d", ("pads", new long[] { 1, 1, 1, 1 })),
            Node("Add", "d r", "s"),
            Node("Relu", "s", "q"),
            Node("GlobalAveragePool", "q", "y"))
            .With(Weights).With(Floats("w2", 4, 4, 3, 3));
        QuantizedModel model = AssertClose(file);
        Assert.Equal(4, model.Nodes.Length);
        WeightedSumNode sum = Assert.IsType<WeightedSumNode>(model.Nodes[2]);
        Assert.Equal([2, 1], sum.Inputs);
        Assert.All(sum.Terms, term => Assert.True(Assert.IsType<SeparableMap>(term.Map).Rows.IsIdentity));
    }

    [Fact]
    public void Joined_channels_of_one_scale_are_not_requantized()
    {
        ModelMessage file = Of(
            13, [1, 2, 6, 6], Convolution, Node("Sigmoid", "a", "s"), Node("Tanh", "a", "t"), Node("Concat", "s t", "c", ("axis", 1)),
            Node("Conv", "c w3", "y")).With(Weights).With(Floats("w3", 2, 8, 1, 1));
        QuantizedModel model = AssertClose(file);
        WeightedSumNode joined = model.Nodes.OfType<WeightedSumNode>().Single(node => node.Terms.Length == 2);
        Assert.Null(joined.Requantization);
        Assert.All(joined.Terms, term => Assert.IsType<SeparableMap>(term.Map));
    }

    [Fact]
    public void A_gate_that_is_stretched_over_an_image_is_a_product()
    {
        ModelMessage file = Of(
            13, [1, 2, 6, 6], Convolution, Node("GlobalAveragePool", "a", "g"), Node("Sigmoid", "g", "s"), Node("Mul", "a s", "y")).With(Weights);
        Assert.Single(AssertClose(file).Nodes.OfType<ProductNode>());
    }

    [Fact]
    public void Groups_that_are_not_depthwise_become_a_dense_kernel()
    {
        ModelMessage depthwise = Of(13, [1, 4, 6, 6], Node("Conv", "x w", "y", ("group", 4))).With(Floats("w", 8, 1, 3, 3));
        Assert.Equal(4, Assert.IsType<ConvolutionNode>(AssertClose(depthwise).Nodes[0]).Groups);
        ModelMessage halves = Of(13, [1, 4, 6, 6], Node("Conv", "x w", "y", ("group", 2))).With(Floats("w", 6, 2, 3, 3));
        Assert.Equal(1, Assert.IsType<ConvolutionNode>(AssertClose(halves).Nodes[0]).Groups);
        ModelMessage triple = Of(13, [1, 4, 6, 6], Node("Conv", "x w", "y", ("group", 4))).With(Floats("w", 12, 1, 3, 3));
        Assert.Equal(1, Assert.IsType<ConvolutionNode>(AssertClose(triple).Nodes[0]).Groups);
    }

    [Fact]
    public void Padding_and_joining_with_constants_keep_their_values()
    {
        ModelMessage pad = Of(13, [1, 2, 3, 3], Node("Pad", "x p v", "y"))
            .With(Integers("p", 0, 0, 1, 0, 0, 1, 0, 2), Floats("v", [], 1.5f));
        AssertClose(pad);
        ModelMessage join = Of(13, [1, 2, 3, 3], Node("Concat", "x k", "y", ("axis", 2))).With(Floats("k", 1, 2, 1, 3));
        AssertClose(join);
    }

    [Fact]
    public void Softmax_is_left_to_the_user_of_the_logits_and_nowhere_else_supported()
    {
        ModelMessage file = Of(13, [1, 6], Node("Gemm", "x w", "a"), Node("Softmax", "a", "y")).With(Floats("w", 6, 3));
        Assert.Equal(PostProcessing.Softmax, Quantizer.Quantize(file.Read(), Samples(6)).PostProcessing);
        ModelMessage inside = Of(13, [1, 6], Node("Softmax", "x", "a"), Node("Gemm", "a w", "y")).With(Floats("w", 6, 3));
        Assert.Contains("Gemm", Assert.Throws<ModelFormatException>(() => Quantizer.Quantize(inside.Read(), Samples(6))).Message);
    }

    [Fact]
    public void A_model_that_computes_nothing_is_refused()
    {
        ModelMessage file = Of(13, [1, 6], Node("Softmax", "x", "y"));
        Assert.Contains("nothing", Assert.Throws<QuantizationException>(() => Quantizer.Quantize(file.Read(), Samples(6))).Message);
    }

    private static float[] Samples(int length)
    {
        var random = new Random(7);
        return [.. Enumerable.Range(0, length * 32).Select(_ => (random.NextSingle() * 2) - 1)];
    }

    private static QuantizedModel AssertClose(ModelMessage file)
    {
        OnnxGraph graph = file.Read();
        float[] samples = Samples(graph.Input.Count);
        QuantizedModel model = Quantizer.Quantize(graph, samples);
        float[] expected = new FloatExecutor(graph).Run(samples).Data;
        ExecutionTrace trace = new VectorExecutor().Execute(model, InputQuantizer.Quantize(model, samples), 32);
        float[] actual = InputQuantizer.Dequantize(model, trace.Output);
        double magnitude = expected.Max(Math.Abs);
        double mean = expected.Zip(actual, (a, b) => Math.Abs(a - b)).Average();
        Assert.True(mean < 0.01 * magnitude, $"mean error {mean} of {magnitude}");
        return model;
    }
}
