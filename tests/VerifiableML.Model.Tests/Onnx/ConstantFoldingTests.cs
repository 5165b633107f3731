using VerifiableML.Model.Float;
using VerifiableML.Model.Onnx;
using VerifiableML.Model.Onnx.Schema;
using static VerifiableML.Model.Tests.Onnx.ModelFile;

namespace VerifiableML.Model.Tests.Onnx;

public class ConstantFoldingTests
{
    [Fact]
    public void Flatten_as_PyTorch_spells_it_becomes_one_reshape()
    {
        OnnxGraph graph = Of(
            11, [-1, 3, 4, 5],
            Node("Shape", "x", "shape"),
            Node("Constant", "", "zero", ("value", Scalar(0))),
            Node("Gather", "shape zero", "batch", ("axis", 0)),
            Node("Unsqueeze", "batch", "front", ("axes", new long[] { 0 })),
            Node("Constant", "", "rest", ("value", Integers("", -1))),
            Node("Concat", "front rest", "target", ("axis", 0)),
            Node("Reshape", "x target", "y")).Read();

        Assert.Equal(["Reshape"], graph.Nodes.Select(node => node.OpType));
        Assert.Equal([1, 60], graph.Output.Shape.AsEnumerable());
        Assert.Equal(["target"], graph.Constants.Select(constant => constant.Name));
    }

    [Theory]
    [InlineData(null, null, new long[] { 1, 3, 4, 5 })]
    [InlineData(1, null, new long[] { 3, 4, 5 })]
    [InlineData(-1, null, new long[] { 5 })]
    [InlineData(1, -1, new long[] { 3, 4 })]
    [InlineData(0, 99, new long[] { 1, 3, 4, 5 })]
    public void Shape_gives_the_extents_of_one_sample(int? start, int? end, long[] expected)
    {
        List<(string, object)> attributes = [];
        if (start is { } first)
        {
            attributes.Add(("start", first));
        }

        if (end is { } last)
        {
            attributes.Add(("end", last));
        }

        Assert.Equal(expected, Folded([-1, 3, 4, 5], Node("Shape", "x", "c", [.. attributes])).ToIntegers());
    }

    [Theory]
    [InlineData("Add", new long[] { 9, 12 })]
    [InlineData("Sub", new long[] { 5, 2 })]
    [InlineData("Mul", new long[] { 14, 35 })]
    [InlineData("Div", new long[] { 3, 1 })]
    public void Integers_are_computed_exactly(string opType, long[] expected) =>
        Assert.Equal(expected, Folded([1, 4], Node(opType, "a b", "c"), Integers("a", 7, 7), Integers("b", 2, 5)).ToIntegers());

    [Fact]
    public void Large_integers_survive() =>
        Assert.Equal(
            [long.MaxValue, 0],
            Folded([1, 4], Node("Concat", "a b", "c", ("axis", 0)), Integers("a", long.MaxValue), Integers("b", 0)).ToIntegers());

    [Fact]
    public void Bytes_with_and_without_sign_are_told_apart()
    {
        OnnxTensor unsigned = Folded([1, 4], Node("Transpose", "a", "c"), Bytes("a", 2, [2, 2], 255, 1, 2, 3));
        OnnxTensor signed = Folded([1, 4], Node("Transpose", "a", "c"), Bytes("a", 3, [2, 2], -1, 1, 2, 3));

        Assert.Equal([255, 2, 1, 3], unsigned.ToIntegers());
        Assert.Equal([-1, 2, 1, 3], signed.ToIntegers());
        Assert.Equal([255f, 2, 1, 3], unsigned.ToFloats());
    }

    [Fact]
    public void Slices_and_casts_of_constants_are_folded()
    {
        Assert.Equal(
            [30, 20],
            Folded(
                [1, 4], Node("Slice", "a start end axis step", "c"),
                Integers("a", 10, 20, 30), Integers("start", -1), Integers("end", 0), Integers("axis", 0),
                Integers("step", -1)).ToIntegers());
        NodeMessage tail = Node("Slice", "a", "c", ("starts", new long[] { 1 }), ("ends", new long[] { long.MaxValue }));
        Assert.Equal([1.5f, 2.5f], Folded([1, 4], tail, Floats("a", [3], 0.5f, 1.5f, 2.5f)).ToFloats());
        Assert.Equal([-1, 2], Folded([1, 4], Node("Cast", "a", "c", ("to", 7)), Floats("a", [2], -1.75f, 2.25f)).ToIntegers());
        Assert.Equal([3f, 4], Folded([1, 4], Node("Cast", "a", "c", ("to", 1)), Integers("a", 3, 4)).ToFloats());
    }

    [Fact]
    public void ConstantOfShape_fills()
    {
        NodeMessage node = Node("ConstantOfShape", "s", "c", ("value", Integers("", 7)));
        Assert.Equal([7, 7, 7], Folded([1, 4], node, Integers("s", 3)).ToIntegers());
    }

    [Fact]
    public void Weights_of_a_quantized_model_keep_their_integers_and_scale()
    {
        OnnxGraph graph = Of(
            13, [-1, 2],
            Node("QuantizeLinear", "w scale zero", "q"),
            Node("DequantizeLinear", "q scale zero", "d"),
            Node("MatMul", "x d", "y"))
            .With(Floats("w", [2, 1], 0.5f, -1), Floats("scale", [], 0.25f), Bytes("zero", 3, [], 0)).Read();

        Assert.Equal(["DequantizeLinear", "MatMul"], graph.Nodes.Select(node => node.OpType));
        Assert.Equal([2, -4], graph.Constant("q")!.ToIntegers());
        Assert.Equal([-0.5f], new FloatExecutor(graph).Run(new float[] { 1, 1 }).Data);
    }

    private static TensorMessage Scalar(long value)
    {
        TensorMessage tensor = new() { DataType = 7 };
        tensor.Int64Data.Add(value);
        return tensor;
    }

    /// <summary>What a node that makes the constant <c>c</c> is folded to: read off as an operand that is still needed.</summary>
    private static OnnxTensor Folded(long[] inputShape, NodeMessage node, params TensorMessage[] constants)
    {
        // No operator takes constants of every type and shape, so inference is asked itself.
        ModelMessage model = Of(15, inputShape, node).With(constants);
        TensorDecoder decoder = new("test", OnnxLimits.Default);
        OnnxTensor[] tensors = [.. model.Graph.Initializer.Select(tensor => decoder.Decode(tensor, tensor.Name, tensor.Name))];
        InputDeclaration input = InputDeclaration.Candidates("test", model.Graph.Input[0], OnnxLimits.Default)[0];
        NodeDecoder nodes = new("test", OnnxLimits.Default, new Dictionary<string, int> { [""] = 15 }, decoder);
        return ShapeInference.Run(nodes.Decode(model.Graph.Node), tensors, input.Info, 0, OnnxLimits.Default).Constants["c"];
    }
}
