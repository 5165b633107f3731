namespace VerifiableML.Interop.Tests.Snarkjs;

/// <summary>A test that runs snarkjs; skipped, with the reason, where it cannot.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SnarkjsFactAttribute : FactAttribute
{
    public SnarkjsFactAttribute() => Skip = NodeTool.Absence;
}
