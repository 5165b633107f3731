using System.Security.Cryptography;
using VerifiableML.Algebra;
using VerifiableML.Algebra.Groups;
using VerifiableML.Algebra.Vectors;

namespace VerifiableML.Prover.Ceremony;

/// <summary>Whether points of both groups are multiples of others by one and the same secret.</summary>
internal static class SecretRatio
{
    private const int CoefficientBytes = 16;

    /// <summary>e(a, y) = e(x, b): x is to a what y is to b. Not where one of them is infinity, which would be to anything.</summary>
    public static bool IsSame(in G1 a, in G1 x, in G2 b, in G2 y) =>
        !a.IsInfinity && !x.IsInfinity && !b.IsInfinity && !y.IsInfinity && b.IsInSubgroup && y.IsInSubgroup
        && Pairing.ProductIsOne([(a, y), (-x, b)]);

    /// <summary>
    /// e(quotients_i, divisor) = e(dividends_i, G2) for all i, tested at once by a random linear combination with coefficients of 128 bits, so that
    /// wrong points pass with probability 2^-128.
    /// </summary>
    public static bool IsSame(G1Bases quotients, G1Bases dividends, in G2 divisor)
    {
        if (quotients.Count != dividends.Count || divisor.IsInfinity || !divisor.IsInSubgroup)
        {
            return false;
        }

        if (quotients.Count == 0)
        {
            return true;
        }

        using FrVector coefficients = RandomCoefficients(quotients.Count);
        G1 quotient = MultiScalarMultiplication.Compute(quotients, coefficients.All);
        G1 dividend = MultiScalarMultiplication.Compute(dividends, coefficients.All);
        return Pairing.ProductIsOne([(quotient, divisor), (-dividend, G2.Generator)]);
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
