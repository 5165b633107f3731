namespace VerifiableML.Algebra;

/// <summary>The optimal ate pairing e: G1 × G2 → Fq12 of BN254, as the precompile of EIP-197 checks it.</summary>
public static class Pairing
{
    /// <summary>The number x from which the curve's primes are made: p = 36x⁴ + 36x³ + 24x² + 6x + 1, r = p − 6x².</summary>
    internal const ulong CurveParameter = 4965661367192848881;

    /// <summary>e(p, q), of order r or one; one where either point is infinity.</summary>
    public static Fq12 Compute(in G1 p, in G2 q) => FinalExponentiation.Run(MillerLoop.Run([(p, q)]));

    /// <summary>
    /// True where the product of the pairings of all pairs is one, at the price of one final exponentiation. The points have to be
    /// members of their groups, as those that were decoded are. An empty product is one.
    /// </summary>
    public static bool ProductIsOne(ReadOnlySpan<(G1 P, G2 Q)> pairs) => FinalExponentiation.Run(MillerLoop.Run(pairs)).IsOne;
}
