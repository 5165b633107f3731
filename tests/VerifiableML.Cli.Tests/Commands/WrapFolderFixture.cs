using VerifiableML.Cli.CommandLine;
using VerifiableML.Cli.Commands;
using VerifiableML.Model.Quantized;
using VerifiableML.Model.Samples;

namespace VerifiableML.Cli.Tests.Commands;

/// <summary>A folder with a small dense network, keys for wrapping, a core proof and the wrapped one, all made by commands.</summary>
public sealed class WrapFolderFixture : IDisposable
{
    public WrapFolderFixture()
    {
        Directory.CreateDirectory(Root);
        QuantizedModelFile.Write(Folder.Model, SyntheticModels.Mlp(Widths));
        double step = SyntheticModels.Mlp(Widths).Input.Scale;
        string[] samples = [.. Enumerable.Range(0, 3).Select(b => $"[{string.Join(',', Enumerable.Range(0, Widths[0]).Select(i => (((i * 7) + b) % 11) * step))}]")];
        File.WriteAllText(Samples, $"{{\"input_data\": [{string.Join(',', samples)}]}}");
        Expect("setup", Root, "--insecure", "--wrap");
        Expect("keygen", Root, "--wrap");
        Expect("prove", Root, "--input", Samples);
        Expect("wrap", Root);
    }

    public string Root { get; } = Directory.CreateTempSubdirectory("vml-wrap-").FullName;

    public string Samples => Path.Combine(Root, "samples.json");

    internal ModelFolder Folder => new(Root);

    private static int[] Widths => [12, 8, 4];

    public void Dispose() => Directory.Delete(Root, recursive: true);

    internal static void Expect(params string[] arguments)
    {
        (int code, string output, string error) = Vml.Run(arguments);
        Assert.True(code == ExitCode.Accepted, output + error);
    }

    /// <summary>Writes a model with other weights: those of each output change places, which keeps every bound.</summary>
    internal static void Retrain(ModelFolder folder)
    {
        QuantizedModel model = SyntheticModels.Mlp(Widths);
        QuantizedModelFile.Write(folder.Model, model with { Nodes = [.. model.Nodes.Select(Reverse)] });
    }

    /// <summary>A copy that a test may damage.</summary>
    internal ModelFolder Copy()
    {
        string copy = Path.Combine(Root, Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(copy);
        foreach (string file in Directory.GetFiles(Root))
        {
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        }

        return new ModelFolder(copy);
    }

    private static QuantizedNode Reverse(QuantizedNode node)
    {
        var layer = (ConvolutionNode)node;
        return layer with { Weights = [.. layer.Weights.Chunk(layer.Weights.Length / layer.Output.Shape.Channels).SelectMany(row => row.Reverse())] };
    }
}
