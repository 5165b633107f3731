using System.Text.Json;
using VerifiableML.Chain.Rpc;
using VerifiableML.Contracts.Tests.Forge;

namespace VerifiableML.Contracts.Tests.LocalChain;

/// <summary>What the compiler made of the contracts.</summary>
internal static class Artifacts
{
    private static readonly Lazy<ToolResult> Built = new(() => NodeTool.Forge("build"));

    /// <summary>The code that creates a contract, without arguments.</summary>
    public static byte[] CreationCode(string contract)
    {
        Assert.True(Built.Value.ExitCode == 0, Built.Value.Output);
        string file = Path.Combine(Tests.ContractsFolder.Path, "artifacts", "out", contract + ".sol", contract + ".json");
        using JsonDocument artifact = JsonDocument.Parse(File.ReadAllText(file));
        return Hex.TryDecodeData(artifact.RootElement.GetProperty("bytecode").GetProperty("object").GetString(), out byte[]? code)
            ? code
            : throw new FormatException($"no bytecode in {file}");
    }
}
