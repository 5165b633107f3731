using VerifiableML.Algebra.Fft;

namespace VerifiableML.Algebra.Groups;

/// <summary>
/// Inverse Fourier transforms of points: from powers [τ^j]P to the Lagrange basis [Lᵢ(τ)]P without knowing τ, as
/// Lᵢ(τ) = n⁻¹·Σ_j ω^(−ij)·τ^j. Point i of a result belongs to ωⁱ, as in <see cref="EvaluationDomain"/> and in prepared snarkjs files.
/// </summary>
public static class GroupTransform
{
    /// <summary>n⁻¹·Σ_j ω^(−ij)·P_j for i from 0 to n − 1.</summary>
    /// <param name="domain">The n points ωⁱ.</param>
    /// <param name="points">The points P_j, n of them.</param>
    /// <exception cref="ArgumentException">There are not as many points as the domain has.</exception>
    public static G1Bases Inverse(EvaluationDomain domain, G1Bases points)
    {
        ArgumentNullException.ThrowIfNull(domain);
        ArgumentNullException.ThrowIfNull(points);
        return new G1Bases(Inverse(domain, points.Points));
    }

    /// <summary>The same in G2.</summary>
    /// <inheritdoc cref="Inverse(EvaluationDomain, G1Bases)"/>
    public static G2Bases Inverse(EvaluationDomain domain, G2Bases points)
    {
        ArgumentNullException.ThrowIfNull(domain);
        ArgumentNullException.ThrowIfNull(points);
        return new G2Bases(Inverse(domain, points.Points));
    }

    /// <summary>
    /// What <see cref="Inverse(EvaluationDomain, G1Bases)"/> gives at the odd powers of ω, n/2 points, for little more than half of the time.
    /// </summary>
    /// <param name="domain">The n points ωⁱ, n ≥ 2.</param>
    /// <param name="points">The points P_j, n of them.</param>
    /// <exception cref="ArgumentException">There are not as many points as the domain has, or only one.</exception>
    public static G1Bases InverseOdd(EvaluationDomain domain, G1Bases points)
    {
        ArgumentNullException.ThrowIfNull(domain);
        ArgumentNullException.ThrowIfNull(points);
        RequireSize(domain, points.Count);
        if (domain.LogSize == 0)
        {
            throw new ArgumentException("A domain of one point has no odd powers.", nameof(domain));
        }

        PackedPoints<Fq> values = points.Points;
        int half = domain.Size / 2;
        PointBuffer buffer = values.ToBuffer();
        new PointTransform(values.Adder, buffer, domain).RunOdd();
        return new G1Bases(new PackedPoints<Fq>(buffer, half, half, values.Adder));
    }

    private static PackedPoints<TField> Inverse<TField>(EvaluationDomain domain, PackedPoints<TField> points)
        where TField : unmanaged, IFieldElement<TField>
    {
        RequireSize(domain, points.Count);
        PointBuffer buffer = points.ToBuffer();
        new PointTransform(points.Adder, buffer, domain).Run();
        return new PackedPoints<TField>(buffer, 0, domain.Size, points.Adder);
    }

    private static void RequireSize(EvaluationDomain domain, int count)
    {
        if (count != domain.Size)
        {
            throw new ArgumentException($"The domain has {domain.Size} points, not {count}.");
        }
    }
}
