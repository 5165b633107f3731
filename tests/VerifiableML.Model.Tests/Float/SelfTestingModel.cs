using VerifiableML.Model.Onnx;
using VerifiableML.Model.Onnx.Schema;

namespace VerifiableML.Model.Tests.Float;

/// <summary>
/// A model file that carries an input and the expected output as the initializers <c>given</c> and <c>expected</c> (see
/// Oracles/README.md).
/// </summary>
internal sealed class SelfTestingModel
{
    private readonly ModelMessage _model;

    public SelfTestingModel(string folder, string name)
    {
        Name = name;
        Bytes = File.ReadAllBytes(Onnx.ModelFile.TestData(folder, $"{name}.onnx"));
        _model = ModelMessage.Parser.ParseFrom(Bytes);
    }

    public string Name { get; }

    public byte[] Bytes { get; }

    public OnnxTensor Given => Tensor("given");

    public OnnxTensor Expected => Tensor("expected");

    /// <summary>Names, without their ending, of the models in a folder of the test data.</summary>
    public static TheoryData<string> Names(string folder) =>
        [.. Directory.GetFiles(Onnx.ModelFile.TestData(folder), "*.onnx").Select(path => Path.GetFileNameWithoutExtension(path)).Order()];

    /// <summary>Fails where a value is farther from what is expected than rounding explains.</summary>
    public void AssertIsExpected(float[] actual)
    {
        float[] expected = Expected.ToFloats();
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            float tolerance = 1e-5f + (1e-4f * MathF.Abs(expected[i]));
            Assert.True(MathF.Abs(expected[i] - actual[i]) <= tolerance, $"{Name}, element {i}: expected {expected[i]}, got {actual[i]}");
        }
    }

    private OnnxTensor Tensor(string name) =>
        new TensorDecoder(Name, OnnxLimits.Default).Decode(_model.Graph.Initializer.Single(tensor => tensor.Name == name), name, name);
}
