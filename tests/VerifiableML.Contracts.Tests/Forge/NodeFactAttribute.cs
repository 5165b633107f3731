namespace VerifiableML.Contracts.Tests.Forge;

/// <summary>A test that runs Foundry's programs; skipped, with the reason, where it cannot.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NodeFactAttribute : FactAttribute
{
    public NodeFactAttribute() => Skip = NodeTool.Absence;
}
