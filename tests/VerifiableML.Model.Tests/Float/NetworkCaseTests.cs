using VerifiableML.Model.Float;
using VerifiableML.Model.Onnx;

namespace VerifiableML.Model.Tests.Float;

/// <summary>Small random networks of odd geometry (see Oracles/make_network_cases.py), against onnxruntime.</summary>
public class NetworkCaseTests
{
    public static TheoryData<string> Networks => SelfTestingModel.Names("Networks");

    [Theory]
    [MemberData(nameof(Networks))]
    public void Result_is_that_of_onnxruntime(string name)
    {
        SelfTestingModel model = new("Networks", name);
        OnnxGraph graph = OnnxReader.Read(model.Bytes, name);
        model.AssertIsExpected(new FloatExecutor(graph).Run(model.Given.ToFloats()).Data);
    }

    [Fact]
    public void There_are_networks() => Assert.True(Networks.Count > 70);
}
