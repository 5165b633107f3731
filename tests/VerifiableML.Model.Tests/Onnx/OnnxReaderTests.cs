using Google.Protobuf;
using VerifiableML.Model.Onnx;
using VerifiableML.Model.Onnx.Schema;
using static VerifiableML.Model.Tests.Onnx.ModelFile;

namespace VerifiableML.Model.Tests.Onnx;

public class OnnxReaderTests
{
    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(8)]
    public void First_axis_counts_samples(int batch)
    {
        OnnxGraph graph = Of(13, [batch, 3, 4, 4], Node("Relu", "x", "a"), Node("Flatten", "a", "b"), Node("Gemm", "b w", "y"))
            .With(Floats("w", 48, 2)).Read();

        Assert.True(graph.HasBatchAxis);
        Assert.Equal([1, 3, 4, 4], graph.Input.Shape.AsEnumerable());
        Assert.Equal([1, 2], graph.Output.Shape.AsEnumerable());
    }

    [Theory]
    [InlineData(8, 12)]
    [InlineData(8, -1)]
    [InlineData(-1, 12)]
    [InlineData(0, 12)]
    public void Fixed_batch_that_is_spelled_out_in_a_reshape_is_read_as_one_sample(long first, long second)
    {
        OnnxGraph graph = Of(13, [8, 3, 4], Node("Reshape", "x s", "y")).With(Integers("s", first, second)).Read();

        Assert.True(graph.HasBatchAxis);
        Assert.Equal([1, 12], graph.Output.Shape.AsEnumerable());
    }

    [Fact]
    public void Fixed_batch_does_not_touch_weights()
    {
        // Weights that are reshaped to the number of samples by chance, and weights that stay in the graph because they are quantized.
        OnnxGraph graph = Of(
            13, [8, 8],
            Node("Reshape", "w s", "r"),
            Node("DequantizeLinear", "q scale", "d"),
            Node("MatMul", "x r", "a"),
            Node("MatMul", "a d", "y"))
            .With(Floats("w", 1, 32), Integers("s", 8, 4), Bytes("q", 3, [4, 2], 1, 2, 3, 4, 5, 6, 7, 8), Floats("scale", [], 0.5f)).Read();

        Assert.True(graph.HasBatchAxis);
        Assert.Equal([8, 4], graph.Shape("r").AsEnumerable());
        Assert.Equal([1, 2], graph.Output.Shape.AsEnumerable());
    }

    [Theory]
    [InlineData("Softmax")] // sums over the first axis
    [InlineData("Transpose")] // moves it
    [InlineData("Flatten")] // swallows it
    public void First_axis_that_is_no_batch_is_part_of_the_sample(string opType)
    {
        NodeMessage node = opType == "Transpose" ? Node(opType, "x", "y") : Node(opType, "x", "y", ("axis", 0));
        OnnxGraph graph = Of(13, [4, 4], node).Read();

        Assert.False(graph.HasBatchAxis);
        Assert.Equal([4, 4], graph.Input.Shape.AsEnumerable());
    }

    [Fact]
    public void Vector_has_no_batch_axis()
    {
        OnnxGraph graph = Of(13, [6], Node("MatMul", "x w", "y")).With(Floats("w", 6, 2)).Read();

        Assert.False(graph.HasBatchAxis);
        Assert.Equal([2], graph.Output.Shape.AsEnumerable());
    }

    [Fact]
    public void All_unsupported_operators_are_named_with_their_nodes()
    {
        NodeMessage odd = Node("Frobnicate", "b", "y");
        odd.Domain = "com.example";
        NodeMessage loop = Node("Loop", "a", "b");
        loop.Name = "my_loop";
        string message = Of(13, [1, 4], Node("Relu", "x", "a"), loop, odd).Refusal().Message;

        Assert.Contains("Loop (node 'my_loop')", message, StringComparison.Ordinal);
        Assert.Contains("com.example.Frobnicate (node 'Frobnicate_2')", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nodes_are_put_in_order_and_those_that_nothing_needs_are_dropped()
    {
        OnnxGraph graph = Of(
            13, [1, 4],
            Node("Tanh", "b", "y"),
            Node("Sigmoid", "a", "unused"),
            Node("Sigmoid", "a", "b"),
            Node("Relu", "x", "a")).Read();

        Assert.Equal(["Relu", "Sigmoid", "Tanh"], graph.Nodes.Select(node => node.OpType));
        Assert.Equal("Sigmoid", graph.Producer("b")!.OpType);
        Assert.Equal(["Tanh"], graph.Consumers("b").Select(node => node.OpType));
    }

    [Fact]
    public void Node_names_are_made_unique()
    {
        NodeMessage first = Node("Relu", "x", "a");
        NodeMessage second = Node("Relu", "a", "y");
        first.Name = second.Name = "same";

        Assert.Equal(["same", "same#1"], Of(13, [1, 4], first, second).Read().Nodes.Select(node => node.Name));
    }

    [Fact]
    public void Initializers_may_stand_among_the_inputs()
    {
        ModelMessage model = Of(13, [1, 4], Node("Add", "x w", "y")).With(Floats("w", 4));
        model.Graph.Input.Add(Value("w", [4]));

        Assert.Equal("x", model.Read().Input.Name);
    }

    public static TheoryData<string> Wrong => [.. WrongModels.All.Keys];

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Wrong_model_is_refused_with_its_reason(string name)
    {
        (Func<ModelMessage> model, string reason) = WrongModels.All[name];
        string message = model().Refusal().Message;

        Assert.Contains(reason, message, StringComparison.Ordinal);
        Assert.StartsWith("test.onnx: ", message, StringComparison.Ordinal);
        Assert.DoesNotContain(message, char.IsControl);
    }

    [Fact]
    public void Limits_hold()
    {
        ModelMessage model = Of(13, [1, 4], Node("Relu", "x", "a"), Node("Add", "a w", "y")).With(Floats("w", 4));
        OnnxLimits limits = OnnxLimits.Default;

        Assert.Contains("nodes", model.Refusal(limits with { Nodes = 1 }).Message, StringComparison.Ordinal);
        Assert.Contains("parts", model.Refusal(limits with { Messages = 5 }).Message, StringComparison.Ordinal);
        Assert.Contains("bytes", model.Refusal(limits with { FileBytes = 5 }).Message, StringComparison.Ordinal);
        Assert.Contains("extent 4 is out of range", model.Refusal(limits with { TensorElements = 3 }).Message, StringComparison.Ordinal);
        Assert.Contains("tensors have more", model.Refusal(limits with { StoredElements = 3 }).Message, StringComparison.Ordinal);
        Assert.Contains("activations", model.Refusal(limits with { ActivationElements = 7 }).Message, StringComparison.Ordinal);
        model.Graph.Node[0].Name = new string('n', 2000);
        Assert.Contains("longer than", model.Refusal().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_that_cannot_be_read_are_named()
    {
        foreach (string path in new[] { "/nowhere.onnx", Path.GetTempPath() })
        {
            string message = Assert.Throws<ModelFormatException>(() => OnnxReader.Read(path)).Message;
            Assert.StartsWith($"{path}: cannot be read", message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void File_on_disk_is_read()
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, Of(13, [1, 4], Node("Relu", "x", "y")).ToByteArray());
            Assert.Equal(Path.GetFileName(path), OnnxReader.Read(path).File);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
