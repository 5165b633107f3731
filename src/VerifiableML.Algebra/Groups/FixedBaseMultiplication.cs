using VerifiableML.Algebra.Vectors;

namespace VerifiableML.Algebra.Groups;

/// <summary>
/// Many multiples s_i·P of one point, as a reference string needs them: each is a sum of one entry of every window's table of multiples of P,
/// and sums of different i share inversions. Not constant in time.
/// </summary>
public static class FixedBaseMultiplication
{
    /// <summary>The multiples of <paramref name="point"/> by each of the scalars, in their order.</summary>
    public static G1Bases Compute(in G1 point, FrSlice scalars) =>
        new(FixedBaseTable<Fq>.Multiply(BatchAdders.G1, point.ToJacobian(), scalars));

    /// <summary>The multiples of <paramref name="point"/> by each of the scalars, in their order.</summary>
    public static G2Bases Compute(in G2 point, FrSlice scalars) =>
        new(FixedBaseTable<Fq2>.Multiply(BatchAdders.G2, point.ToJacobian(), scalars));
}
