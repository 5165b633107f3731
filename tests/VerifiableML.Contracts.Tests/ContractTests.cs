using VerifiableML.Contracts.Tests.Forge;
using VerifiableML.Contracts.Tests.Vectors;
using Xunit.Abstractions;

namespace VerifiableML.Contracts.Tests;

/// <summary>Runs the contracts' own tests on proofs that were made for this run.</summary>
[Collection("forge")]
public sealed class ContractTests(ITestOutputHelper output)
{
    /// <summary>
    /// All tests in <c>contracts/test</c>. One of them gives the contract thousands of mutated proofs and compares its verdict with that of the verifier in C#.
    /// </summary>
    [NodeFact]
    public void Forge_s_tests_pass_on_proofs_from_this_program()
    {
        VectorSet vectors = VectorSet.Shared;
        foreach (string name in (string[])["dense", "committed"])
        {
            int accepted = MutationFile.Write(vectors.Vectors.Single(vector => vector.Name == name));

            // The honest one and about half of those that are honest but randomized again.
            Assert.InRange(accepted, 2, 21);
        }

        ToolResult result = NodeTool.Forge("test");
        output.WriteLine(result.Output);
        Assert.True(result.ExitCode == 0, result.Output);
        Assert.Contains("test_verdict_is_that_of_the_verifier_in_csharp", result.Output, StringComparison.Ordinal);
    }
}
