using System.Numerics;

namespace VerifiableML.Algebra.Groups;

/// <summary>
/// A scalar as ±First ± Second·λ with halves of at most 127 bits, so that its multiples take half of the doublings: s·P is
/// ±First·P ± Second·<see cref="Endomorphism">φ</see>(P).
/// </summary>
/// <param name="First">Absolute value of the part without λ.</param>
/// <param name="FirstIsNegative">Its sign.</param>
/// <param name="Second">Absolute value of the part with λ.</param>
/// <param name="SecondIsNegative">Its sign.</param>
internal readonly record struct SplitScalar(UInt128 First, bool FirstIsNegative, UInt128 Second, bool SecondIsNegative)
{
    /// <summary>Bits of a half.</summary>
    public const int HalfBits = 127;

    // The curve's parameter u: r = 36u⁴ + 36u³ + 18u² + 6u + 1.
    private static readonly BigInteger U = 4965661367192848881;

    // (a, b) with a + b·λ = 0 modulo r, both short: (6u² + 4u + 1, 2u + 1) and (2u + 1, −(6u² + 2u)). Their determinant is −r.
    private static readonly BigInteger Short = (2 * U) + 1;
    private static readonly BigInteger LongFirst = (6 * U * U) + (4 * U) + 1;
    private static readonly BigInteger LongSecond = (6 * U * U) + (2 * U);

    /// <summary>36u³ + 18u² + 6u + 1, a cube root of unity modulo r.</summary>
    public static BigInteger Lambda { get; } = (36 * U * U * U) + (18 * U * U) + (6 * U) + 1;

    /// <summary>Splits a scalar: what is left of (s, 0) without the lattice vector next to it, by rounding (Babai).</summary>
    public static SplitScalar Of(in Fr scalar)
    {
        BigInteger s = scalar.ToBigInteger();
        BigInteger first = RoundedQuotient(s * LongSecond), second = RoundedQuotient(s * Short);
        BigInteger a = s - (first * LongFirst) - (second * Short);
        BigInteger b = (second * LongSecond) - (first * Short);
        return new SplitScalar((UInt128)BigInteger.Abs(a), a.Sign < 0, (UInt128)BigInteger.Abs(b), b.Sign < 0);
    }

    private static BigInteger RoundedQuotient(BigInteger numerator) => ((2 * numerator) + Fr.Modulus) / (2 * Fr.Modulus);
}
