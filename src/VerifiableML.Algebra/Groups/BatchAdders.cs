namespace VerifiableML.Algebra.Groups;

/// <summary>The fastest implementations that this machine can run.</summary>
internal static class BatchAdders
{
    public static BatchAdder<Fq> G1 { get; } = VectorBatchAdder.IsSupported ? VectorBatchAdder.Instance : ScalarBatchAdder<Fq>.Instance;

    public static BatchAdder<Fq2> G2 { get; } = VectorTwistAdder.IsSupported ? VectorTwistAdder.Instance : ScalarBatchAdder<Fq2>.Instance;
}
