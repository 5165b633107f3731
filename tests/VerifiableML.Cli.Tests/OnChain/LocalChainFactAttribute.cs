using VerifiableML.Cli.Development;

namespace VerifiableML.Cli.Tests.OnChain;

/// <summary>A test that needs a local chain; skipped, with the reason, where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LocalChainFactAttribute : FactAttribute
{
    public LocalChainFactAttribute() => Skip = AnvilProgram.Find() is null ? AnvilProgram.DescribeAbsence() : null;
}
