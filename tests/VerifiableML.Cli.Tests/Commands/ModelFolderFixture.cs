using VerifiableML.Circuits;
using VerifiableML.Cli.CommandLine;
using VerifiableML.Cli.Commands;
using VerifiableML.Model.Quantized;
using VerifiableML.Model.Samples;

namespace VerifiableML.Cli.Tests.Commands;

/// <summary>A folder with a small dense network, its keys, samples and one proof, all made by commands.</summary>
public sealed class ModelFolderFixture : IDisposable
{
    public ModelFolderFixture()
    {
        Directory.CreateDirectory(Root);
        QuantizedModel model = SyntheticModels.Mlp(12, 8, 4);
        QuantizedModelFile.Write(Folder.Model, model);
        double step = model.Input.Scale;
        string[] samples = [.. Enumerable.Range(0, 3).Select(b => $"[{string.Join(',', Enumerable.Range(0, 12).Select(i => (((i * 7) + b) % 11) * step))}]")];
        File.WriteAllText(Samples, $"{{\"input_data\": [{string.Join(',', samples)}]}}");
        Expect("setup", Root, "--insecure");
        Expect("keygen", Root);
        Expect("prove", Root, "--input", Samples);
    }

    public string Root { get; } = Directory.CreateTempSubdirectory("vml-folder-").FullName;

    public string Samples => Path.Combine(Root, "samples.json");

    internal ModelFolder Folder => new(Root);

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

    public void Dispose() => Directory.Delete(Root, recursive: true);

    private static void Expect(params string[] arguments)
    {
        (int code, _, string error) = Vml.Run(arguments);
        Assert.True(code == ExitCode.Accepted, error);
    }
}
