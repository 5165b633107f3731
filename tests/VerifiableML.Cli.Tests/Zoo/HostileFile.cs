namespace VerifiableML.Cli.Tests.Zoo;

/// <summary>One file of hostile.json: unsupported, malformed or hostile ONNX that must be refused with a clear message.</summary>
/// <param name="Name">File name without its ending.</param>
/// <param name="Why">What is wrong with it.</param>
/// <param name="Words">Of every inner list the message must hold at least one word, whatever the case of letters.</param>
/// <param name="MayPass">True where the damage need not matter and reading the file is right as well.</param>
public sealed record HostileFile(string Name, string Why, string[][] Words, bool MayPass)
{
    private static readonly Lazy<IReadOnlyList<HostileFile>> Manifest = new(() => ZooFiles.ReadManifest<HostileFile>("hostile.json"));

    /// <summary>All files.</summary>
    public static IReadOnlyList<HostileFile> All => Manifest.Value;

    /// <summary>The files' names, for theories.</summary>
    public static TheoryData<string> Names => [.. All.Select(file => file.Name)];

    /// <summary>The file of that name.</summary>
    public static HostileFile Named(string name) => All.Single(file => file.Name == name);

    /// <summary>The .onnx file.</summary>
    public string Path => ZooFiles.Path("Hostile", Name + ".onnx");

    /// <summary>Fails unless <paramref name="message"/> is one harmless line that says what is wrong.</summary>
    public void AssertExplains(string message)
    {
        Assert.DoesNotContain(message, char.IsControl);
        Assert.All(Words, any => Assert.True(
            any.Any(word => message.Contains(word, StringComparison.OrdinalIgnoreCase)),
            $"{Name} ({Why}): none of [{string.Join(", ", any)}] in the message: {message}"));
    }
}
