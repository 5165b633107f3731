using VerifiableML.Model.Float;
using VerifiableML.Model.Onnx;

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

    public static TheoryData<string> Cases => SelfTestingModel.Names("Nodes");

    [Theory]
    [MemberData(nameof(Cases))]
    public void Result_is_that_of_the_ONNX_project(string name)
    {
        SelfTestingModel model = new("Nodes", name);
        if (Refused.FirstOrDefault(refused => name.Contains(refused.Name, StringComparison.Ordinal)).Message is { Length: > 0 } reason)
        {
            Assert.Contains(reason, Assert.Throws<ModelFormatException>(() => Read(model)).Message, StringComparison.Ordinal);
            return;
        }

        OnnxGraph graph = Read(model);
        FloatTensor actual = new FloatExecutor(graph).Trace(model.Given.ToFloats()).Output;
        Assert.Equal(model.Expected.Shape.AsEnumerable(), actual.Shape);
        Assert.Equal(model.Expected.ElementType, graph.Output.ElementType);
        model.AssertIsExpected(actual.Data);
    }

    [Fact]
    public void There_are_cases() => Assert.True(Cases.Count > 200);

    // A first axis above 1 is not a batch here: the cases are about whole tensors.
    private static OnnxGraph Read(SelfTestingModel model) =>
        OnnxReader.Read(model.Bytes, model.Name, OnnxLimits.Default, mayCountSamples: false);
}
