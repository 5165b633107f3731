using VerifiableML.Algebra.Vectors;

namespace VerifiableML.Algebra.Groups;

/// <summary>Σ s_i·Q_i over points in G2 that are used once; to use them more than once, keep them as <see cref="G2Bases"/>.</summary>
public static class G2MultiScalarMultiplication
{
    /// <summary>The sum over all scalars; there may be more points than scalars.</summary>
    /// <exception cref="ArgumentException">There are more scalars than points.</exception>
    public static G2 Compute(ReadOnlyMemory<G2> points, FrSlice scalars) =>
        MultiScalarMultiplication.Compute(new G2Bases(points.Span[..Math.Min(scalars.Length, points.Length)]), scalars);
}
