using System.Text.Json;
using VerifiableML.Chain.Contracts;
using VerifiableML.Chain.Rpc;
using VerifiableML.Contracts.Tests.Forge;

namespace VerifiableML.Contracts.Tests;

/// <summary>The code that the client deploys is what the sources compile to.</summary>
[Collection("forge")]
public sealed class BytecodeTests
{
    [NodeFact]
    public void Code_in_git_is_that_of_the_sources()
    {
        ToolResult built = NodeTool.Forge("build");
        Assert.True(built.ExitCode == 0, built.Output);
        Assert.Contains(ContractCode.InferenceVerifier, ContractCode.Names);
        foreach (string contract in ContractCode.Names)
        {
            string file = Path.Combine(ContractsFolder.Path, "artifacts", "out", contract + ".sol", contract + ".json");
            using JsonDocument artifact = JsonDocument.Parse(File.ReadAllText(file));
            string? compiled = artifact.RootElement.GetProperty("bytecode").GetProperty("object").GetString();
            Assert.True(
                compiled == Hex.Data(ContractCode.Of(contract)),
                $"contracts/bytecode/{contract}.hex is not what its sources compile to: run 'node tools/foundry.mjs forge build' and 'node tools/bytecode.mjs' in contracts/");
        }
    }
}
