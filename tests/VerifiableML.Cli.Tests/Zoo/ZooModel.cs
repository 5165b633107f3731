using System.Diagnostics.CodeAnalysis;
using VerifiableML.Circuits;
using VerifiableML.Circuits.Compilation;
using VerifiableML.Circuits.Keys;
using VerifiableML.Model.Onnx;
using VerifiableML.Model.Quantization;
using VerifiableML.Model.Quantized;
using VerifiableML.Protocol.Setup;
using VerifiableML.Prover.Keys;

namespace VerifiableML.Cli.Tests.Zoo;

/// <summary>One model of zoo.json, made in the manner of another exporter, with samples and the outputs that onnxruntime gives.</summary>
/// <param name="Name">File name without its ending.</param>
/// <param name="Source">Whose habits it shows.</param>
/// <param name="Required">False where a refusal that names the operator is as good as the right output.</param>
/// <param name="Quantized">True for QDQ and QLinear models.</param>
/// <param name="InputShape">Shape of one sample, without the batch axis.</param>
/// <param name="OutputShape">Shape of one sample's output.</param>
/// <param name="Samples">How many samples there are.</param>
/// <param name="LargestOutput">The largest absolute value of all expected outputs.</param>
public sealed record ZooModel(
    string Name, string Source, bool Required, bool Quantized, int[] InputShape, int[] OutputShape, int Samples, float LargestOutput)
{
    private static readonly Lazy<IReadOnlyList<ZooModel>> Manifest = new(() => ZooFiles.ReadManifest<ZooModel>("zoo.json"));

    /// <summary>All models.</summary>
    public static IReadOnlyList<ZooModel> All => Manifest.Value;

    /// <summary>The models' names, for theories.</summary>
    public static TheoryData<string> Names => [.. All.Select(model => model.Name)];

    /// <summary>The model of that name.</summary>
    public static ZooModel Named(string name) => All.Single(model => model.Name == name);

    /// <summary>The .onnx file.</summary>
    public string Path => ZooFiles.Path("Models", Name + ".onnx");

    /// <summary>The .npz file of the samples, one array <c>input</c>.</summary>
    public string SamplesPath => ZooFiles.Path("Models", Name + ".input.npz");

    /// <summary>The first sample as ezkl's input.json; a few models have it.</summary>
    public string EzklPath => ZooFiles.Path("Models", Name + ".input.json");

    /// <summary>All samples, one after another.</summary>
    public float[] ReadSamples() => ZooFiles.ReadFloats(SamplesPath);

    /// <summary>All expected outputs, one after another.</summary>
    public float[] ReadExpected() => ZooFiles.ReadFloats(ZooFiles.Path("Models", Name + ".expected.npz"));

    /// <summary>The model in integers with its first samples; false where it is refused and may be.</summary>
    /// <param name="batch">Number of samples.</param>
    /// <param name="model">The model.</param>
    /// <param name="input">The samples in its integers.</param>
    internal bool TryQuantize(int batch, [NotNullWhen(true)] out QuantizedModel? model, [NotNullWhen(true)] out int[]? input)
    {
        (model, input) = (null, null);
        OnnxGraph graph;
        try
        {
            graph = OnnxReader.Read(Path);
        }
        catch (ModelFormatException) when (!Required)
        {
            return false;
        }

        float[] samples = ReadSamples();
        model = Quantizer.Quantize(graph, samples);
        input = InputQuantizer.Quantize(model, samples.AsSpan(0, samples.Length / Samples * batch), saturate: true);
        return true;
    }

    /// <summary>Keys of a model of the zoo, under the insecure setup.</summary>
    internal static ProvingKey MakeKey(QuantizedModel model, CircuitOptions options)
    {
        StructuredReferenceString srs = InsecureSetup.Generate(CircuitCompiler.Compile(model, options).Layout.RequiredPowers);
        return KeyGenerator.Generate(model, options, srs.Powers, new SetupReference([.. srs.Id.Span], srs.TauG2, srs.IsInsecure));
    }
}
