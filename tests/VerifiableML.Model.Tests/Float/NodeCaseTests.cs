using VerifiableML.Model.Float;
using VerifiableML.Model.Onnx;
using VerifiableML.Model.Onnx.Schema;
using VerifiableML.Model.Tests.Onnx;

namespace VerifiableML.Model.Tests.Float;

/// <summary>The ONNX project's own operator tests (see Oracles/pack_node_cases.py): its results, or a refusal that says why.</summary>
public class NodeCaseTests
{
    /// <summary>Parts of the names of cases that ask for what is refused, with part of the message. The first that fits counts.</summary>
    private static readonly (string Name, string Message)[] Refused =
    [
        ("Conv3d", "one or two spatial axes"),
        ("Pool3d", "one or two spatial axes"),
        ("training", "training mode"),
        ("transposeA", "transA is not supported"),
        ("gemm_all_attributes", "transA is not supported"),
        ("reflect", "mode 'reflect'"),
        ("ReflectionPad2d", "mode 'reflect'"),
        ("operator_pad", "mode 'reflect'"),
        ("edge_pad", "mode 'edge'"),
        ("ReplicationPad2d", "mode 'edge'"),
        ("constantofshape", "must be a constant"),
        ("clip_default_int8", "must hold floats"),
        ("maxpool_2d_uint8", ""),
        ("_uint8", "must hold floats"),
    ];

    public static TheoryData<string> Cases =>
        [.. Directory.GetFiles(ModelFile.TestData("Nodes"), "*.onnx").Select(path => Path.GetFileNameWithoutExtension(path)).Order()];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Result_is_that_of_the_ONNX_project(string name)
    {
        byte[] bytes = File.ReadAllBytes(ModelFile.TestData("Nodes", $"{name}.onnx"));
        if (Refused.FirstOrDefault(refused => name.Contains(refused.Name, StringComparison.Ordinal)).Message is { Length: > 0 } reason)
        {
            Assert.Contains(reason, Assert.Throws<ModelFormatException>(() => Read(bytes, name)).Message, StringComparison.Ordinal);
            return;
        }

        OnnxGraph graph = Read(bytes, name);
        ModelMessage model = ModelMessage.Parser.ParseFrom(bytes);
        OnnxTensor expected = Tensor(model, "expected");
        FloatTensor actual = new FloatExecutor(graph).Trace(Tensor(model, "given").ToFloats()).Output;
        Assert.Equal(expected.Shape.AsEnumerable(), actual.Shape);
        Assert.Equal(expected.ElementType, graph.Output.ElementType);
        AssertClose(expected.ToFloats(), actual.Data);
    }

    [Fact]
    public void There_are_cases() => Assert.True(Cases.Count > 200);

    // A first axis above 1 is not a batch here: the cases are about whole tensors.
    private static OnnxGraph Read(byte[] bytes, string name) => OnnxReader.Read(bytes, name, OnnxLimits.Default, mayCountSamples: false);

    private static OnnxTensor Tensor(ModelMessage model, string name) =>
        new TensorDecoder("case", OnnxLimits.Default).Decode(model.Graph.Initializer.Single(tensor => tensor.Name == name), name, name);

    private static void AssertClose(float[] expected, float[] actual)
    {
        for (int i = 0; i < expected.Length; i++)
        {
            float tolerance = 1e-5f + (1e-4f * MathF.Abs(expected[i]));
            Assert.True(MathF.Abs(expected[i] - actual[i]) <= tolerance, $"element {i}: expected {expected[i]}, got {actual[i]}");
        }
    }
}
