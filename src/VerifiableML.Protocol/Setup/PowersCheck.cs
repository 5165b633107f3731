using System.Security.Cryptography;
using VerifiableML.Algebra;
using VerifiableML.Algebra.Groups;
using VerifiableML.Algebra.Vectors;

namespace VerifiableML.Protocol.Setup;

/// <summary>
/// Whether points are the powers of one secret: <c>P_0 = G1</c> and <c>e(P_(i+1), G2) = e(P_i, [τ]G2)</c> for all <c>i</c>, tested at once by a
/// random linear combination with coefficients of 128 bits, so that wrong points pass with probability 2^-128.
/// </summary>
public static class PowersCheck
{
    private const int CoefficientBytes = 16;

    /// <summary>Checks <paramref name="powers"/>, which must be on the curve, against <paramref name="tauG2"/>, which must be in the subgroup.</summary>
    /// <returns>Null if all is well, otherwise what is wrong.</returns>
    public static string? FindFault(G1Bases powers, in G2 tauG2)
    {
        if (powers.Count < 2)
        {
            return "a reference string has at least two powers";
        }

        if (powers[0] != G1.Generator)
        {
            return "the first point is not the generator";
        }

        if (powers[1].IsInfinity || powers[1] == G1.Generator || tauG2.IsInfinity)
        {
            return "the secret is 0 or 1";
        }

        return HasRatio(powers, tauG2) ? null : "the points are not consecutive powers of the secret of [τ]G2";
    }

    private static bool HasRatio(G1Bases powers, in G2 tauG2)
    {
        int count = powers.Count - 1;
        using FrVector coefficients = RandomCoefficients(count);
        G1 lower = MultiScalarMultiplication.Compute(powers.Slice(0, count), coefficients.All);
        G1 upper = MultiScalarMultiplication.Compute(powers.Slice(1, count), coefficients.All);
        return Pairing.ProductIsOne([(lower, tauG2), (-upper, G2.Generator)]);
    }

    private static FrVector RandomCoefficients(int count)
    {
        byte[] bytes = RandomNumberGenerator.GetBytes(checked(count * CoefficientBytes));
        FrVector coefficients = FrVector.Rent(count);
        FrSlice all = coefficients.All;
        for (int i = 0; i < count; i++)
        {
            all[i] = Fr.FromWideBytes(bytes.AsSpan(i * CoefficientBytes, CoefficientBytes));
        }

        return coefficients;
    }
}
