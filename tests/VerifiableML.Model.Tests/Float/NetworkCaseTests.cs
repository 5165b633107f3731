using System.Text.Json;
using VerifiableML.Model.Data;
using VerifiableML.Model.Float;
using VerifiableML.Model.Onnx;
using VerifiableML.Model.Tests.Onnx;

namespace VerifiableML.Model.Tests.Float;

/// <summary>Whole networks against onnxruntime: random ones of odd geometry, and the zoo of other exporters' models.</summary>
public class NetworkCaseTests
{
    public static TheoryData<string> Networks => SelfTestingModel.Names("Networks");

    public static TheoryData<string> Zoo => [.. SelfTestingModel.FileNames("Zoo", "Models")];

    public static TheoryData<string> Hostile => [.. SelfTestingModel.FileNames("Zoo", "Hostile")];

    [Theory]
    [MemberData(nameof(Networks))]
    public void Random_network_gives_what_onnxruntime_gives(string name)
    {
        SelfTestingModel model = new("Networks", name);
        OnnxGraph graph = OnnxReader.Read(model.Bytes, name);
        model.AssertIsExpected(new FloatExecutor(graph).Run(model.Given.ToFloats()).Data);
    }

    [Theory]
    [MemberData(nameof(Zoo))]
    public void Zoo_model_gives_what_onnxruntime_gives(string name)
    {
        OnnxGraph graph = OnnxReader.Read(ModelFile.TestData("Zoo", "Models", $"{name}.onnx"));
        float[] input = NpzReader.Read(ModelFile.TestData("Zoo", "Models", $"{name}.input.npz"))["input"].Values;
        float[] expected = NpzReader.Read(ModelFile.TestData("Zoo", "Models", $"{name}.expected.npz"))["output"].Values;

        float[] actual = new FloatExecutor(graph).Run(input).Data;

        // In a quantized model a tie may round the other way, which is one step of the output.
        float[] errors = [.. expected.Zip(actual, (e, a) => MathF.Abs(e - a) / MathF.Max(1, MathF.Abs(e)))];
        bool quantized = graph.Nodes.Any(node => node.OpType == "QuantizeLinear");
        Assert.Equal(expected.Length, actual.Length);
        Assert.InRange(errors.Max(), 0, quantized ? 0.04f : 1e-5f);
        Assert.InRange(errors.Count(error => error > 1e-5f), 0, quantized ? expected.Length / 10 : 0);
    }

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Hostile_file_of_the_zoo_is_refused_in_one_line(string name)
    {
        string path = ModelFile.TestData("Zoo", "Hostile", $"{name}.onnx");
        string message = Assert.Throws<ModelFormatException>(() => OnnxReader.Read(path)).Message;

        using JsonDocument manifest = JsonDocument.Parse(File.ReadAllText(ModelFile.TestData("Zoo", "hostile.json")));
        JsonElement entry = manifest.RootElement.EnumerateArray().Single(file => file.GetProperty("name").GetString() == name);
        Assert.DoesNotContain(message, char.IsControl);
        Assert.All(entry.GetProperty("words").EnumerateArray(), any => Assert.Contains(
            any.EnumerateArray(), word => message.Contains(word.GetString()!, StringComparison.OrdinalIgnoreCase)));
    }
}
