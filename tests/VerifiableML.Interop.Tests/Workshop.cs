using VerifiableML.Interop.Tests.Snarkjs;

namespace VerifiableML.Interop.Tests;

/// <summary>A temporary folder in which files are made by this program and by snarkjs.</summary>
public sealed class Workshop : IDisposable
{
    /// <summary>The folder.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("vml-interop-").FullName;

    /// <summary>A file in the folder.</summary>
    public string this[string name] => Path.Combine(Folder, name);

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Folder, recursive: true);

    /// <summary>Runs snarkjs, which must succeed; returns what it printed.</summary>
    public string Snarkjs(params string[] arguments)
    {
        ToolResult result = NodeTool.Snarkjs(Folder, arguments);
        Assert.True(result.ExitCode == 0, $"snarkjs {string.Join(' ', arguments)}: {result.Output}");
        return result.Output;
    }

    /// <summary>Runs snarkjs, which must not succeed; returns what it printed.</summary>
    public string SnarkjsRefuses(params string[] arguments)
    {
        ToolResult result = NodeTool.Snarkjs(Folder, arguments);
        Assert.True(result.ExitCode != 0, $"snarkjs {string.Join(' ', arguments)}: {result.Output}");
        return result.Output;
    }
}
