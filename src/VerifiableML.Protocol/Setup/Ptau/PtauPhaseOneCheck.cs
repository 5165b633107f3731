using System.Security.Cryptography;
using VerifiableML.Algebra;
using VerifiableML.Algebra.Fft;
using VerifiableML.Algebra.Groups;
using VerifiableML.Algebra.Vectors;

namespace VerifiableML.Protocol.Setup.Ptau;

/// <summary>
/// Whether the points of a phase one, all of which lie in their groups, come from one τ, α and β. Equations over many points are tested at once by
/// random linear combinations, so that wrong points pass with probability 2^-128.
/// <para>
/// For a polynomial S of degree below n with random coefficients s_j: Σ S(ω^i)·[L_i(τ)] = [S(τ)] = Σ s_j·[τ^j]. And for S = (X^n − 1)·Q, which is
/// −2·Q at the odd places of the domain of 2n points and zero at the even ones: −2·Σ Q(ω'^(2i+1))·[M_(2i+1)(τ)] = Σ q_j·[τ^j(τ^n − 1)].
/// </para>
/// </summary>
internal static class PtauPhaseOneCheck
{
    private const int CoefficientBytes = 16;

    /// <summary>The section that is at fault and what is wrong with it, or null.</summary>
    /// <param name="secrets">τ, α, β in the exponent.</param>
    /// <param name="powers">[τ^j]₁, 2n or 2n − 1 of them.</param>
    /// <param name="vanishing">[τ^j(τ^n − 1)]₁, n or n − 1 of them.</param>
    /// <param name="points">The Lagrange points.</param>
    /// <param name="domainBits">The binary logarithm of n.</param>
    public static (uint Section, string Fault)? FindFault(
        PtauSecrets secrets, G1Bases powers, G1Bases vanishing, LagrangePoints points, int domainBits)
    {
        if (PowersCheck.FindFault(powers, secrets.TauG2) is string fault)
        {
            return (PtauLayout.TauG1Section, fault);
        }

        if (!SameMultiple(secrets.BetaG1, G2.Generator, G1.Generator, secrets.BetaG2))
        {
            return (PtauLayout.BetaG2Section, "beta is not the same in G1 and in G2");
        }

        return FindLagrangeFault(secrets, powers, points, domainBits)
            ?? (OddPointsAreRight(vanishing, points.OddInG1, domainBits) ? null
                : (PtauLayout.LagrangeG1Section, $"the Lagrange points for 2^{domainBits + 1} rows do not belong to the powers"));
    }

    private static (uint Section, string Fault)? FindLagrangeFault(PtauSecrets secrets, G1Bases powers, LagrangePoints points, int domainBits)
    {
        string ofRows = $"the Lagrange points for 2^{domainBits} rows do not belong to";
        var domain = new EvaluationDomain(domainBits);
        using FrVector coefficients = RandomCoefficients(domain.Size, domain.Size);
        using FrVector values = FrVector.From(Transformed(domain, coefficients.All.ToArray(), Fr.One));
        G1 inG1 = MultiScalarMultiplication.Compute(points.InG1, values.All);
        if (inG1 != MultiScalarMultiplication.Compute(powers, coefficients.All))
        {
            return (PtauLayout.LagrangeG1Section, $"{ofRows} the powers");
        }

        G2 inG2 = MultiScalarMultiplication.Compute(points.InG2, values.All);
        if (!SameMultiple(inG1, G2.Generator, G1.Generator, inG2))
        {
            return (PtauLayout.LagrangeG2Section, $"{ofRows} those in G1");
        }

        if (!SameMultiple(MultiScalarMultiplication.Compute(points.AlphaInG1, values.All), G2.Generator, secrets.AlphaG1, inG2))
        {
            return (PtauLayout.AlphaLagrangeG1Section, $"{ofRows} alpha");
        }

        return SameMultiple(MultiScalarMultiplication.Compute(points.BetaInG1, values.All), G2.Generator, secrets.BetaG1, inG2)
            ? null
            : (PtauLayout.BetaLagrangeG1Section, $"{ofRows} beta");
    }

    private static bool OddPointsAreRight(G1Bases vanishing, G1Bases odd, int domainBits)
    {
        var domain = new EvaluationDomain(domainBits);
        using FrVector coefficients = RandomCoefficients(vanishing.Count, domain.Size);
        Fr shift = EvaluationDomain.RootOfUnity(domainBits + 1);
        using FrVector values = FrVector.From(Transformed(domain, coefficients.All.ToArray(), shift));
        G1 atOddPlaces = MultiScalarMultiplication.Compute(odd, values.All);
        G1 fromPowers = MultiScalarMultiplication.Compute(vanishing, coefficients.Slice(0, vanishing.Count));
        return -(atOddPlaces + atOddPlaces) == fromPowers;
    }

    private static Fr[] Transformed(EvaluationDomain domain, Fr[] coefficients, in Fr shift)
    {
        domain.TransformOnCoset(coefficients, shift);
        return coefficients;
    }

    private static FrVector RandomCoefficients(int count, int length)
    {
        byte[] bytes = RandomNumberGenerator.GetBytes(checked(count * CoefficientBytes));
        FrVector coefficients = FrVector.Rent(length, cleared: true);
        FrSlice all = coefficients.All;
        for (int i = 0; i < count; i++)
        {
            all[i] = Fr.FromWideBytes(bytes.AsSpan(i * CoefficientBytes, CoefficientBytes));
        }

        return coefficients;
    }

    /// <summary>e(a, b) = e(c, d).</summary>
    private static bool SameMultiple(in G1 a, in G2 b, in G1 c, in G2 d) => Pairing.ProductIsOne([(a, b), (-c, d)]);
}
