using System.Numerics;
using System.Runtime.CompilerServices;

namespace VerifiableML.Algebra;

/// <summary>
/// Inversion modulo p by the binary extended Euclidean algorithm (Hankerson, Menezes, Vanstone, "Guide to Elliptic Curve Cryptography",
/// algorithm 2.22). Its running time depends on the value: nothing secret from a local observer should be inverted with it.
/// </summary>
internal static class MontgomeryInverse<TModulus>
    where TModulus : struct, IModulus
{
    /// <summary>
    /// The Montgomery form of a⁻¹ from that of a ≠ 0. Invariants, with x = a·R the stored number: u·R² ≡ r·x and v·R² ≡ s·x (mod p);
    /// at the end u or v is one, and its cofactor is R²/x = a⁻¹·R.
    /// </summary>
    public static Limbs Invert(in Limbs a)
    {
        Limbs u = a, v = new(TModulus.P0, TModulus.P1, TModulus.P2, TModulus.P3);
        Limbs r = TModulus.RSquared, s = default;
        Halve(ref u, ref r);
        while (!IsOne(u))
        {
            // Both are odd here and differ, as their greatest common divisor is one.
            if (IsLess(v, u))
            {
                u = Difference(u, v);
                r = Montgomery<TModulus>.Subtract(r, s);
                Halve(ref u, ref r);
            }
            else
            {
                v = Difference(v, u);
                s = Montgomery<TModulus>.Subtract(s, r);
                Halve(ref v, ref s);
                if (IsOne(v))
                {
                    return s;
                }
            }
        }

        return r;
    }

    /// <summary>Divides <paramref name="value"/> by its powers of two, and the cofactor modulo p by the same.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Halve(ref Limbs value, ref Limbs cofactor)
    {
        while ((value.L0 & 1) == 0)
        {
            int shift = Math.Min(BitOperations.TrailingZeroCount(value.L0), 62);
            value = new Limbs(
                (value.L0 >> shift) | (value.L1 << (64 - shift)),
                (value.L1 >> shift) | (value.L2 << (64 - shift)),
                (value.L2 >> shift) | (value.L3 << (64 - shift)),
                value.L3 >> shift);
            cofactor = DivideByPowerOfTwo(cofactor, shift);
        }
    }

    /// <summary>c/2^shift mod p for 1 ≤ shift ≤ 62: adds the multiple m·p, m below 2^shift, that makes the division exact.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Limbs DivideByPowerOfTwo(in Limbs c, int shift)
    {
        ulong m = (c.L0 * TModulus.NegatedInverse) & ((1UL << shift) - 1);
        ulong high = Math.BigMul(m, TModulus.P0, out ulong low);
        ulong t0 = low + c.L0;
        high += t0 < low ? 1UL : 0UL;
        ulong t1 = MultiplyAdd(m, TModulus.P1, c.L1, ref high);
        ulong t2 = MultiplyAdd(m, TModulus.P2, c.L2, ref high);
        ulong t3 = MultiplyAdd(m, TModulus.P3, c.L3, ref high);

        // (c + m·p)/2^shift < p/2^shift + p·(1 − 2^-shift) = p: already reduced.
        int up = 64 - shift;
        return new Limbs(
            (t0 >> shift) | (t1 << up), (t1 >> shift) | (t2 << up), (t2 >> shift) | (t3 << up), (t3 >> shift) | (high << up));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong MultiplyAdd(ulong x, ulong y, ulong addend, ref ulong carry)
    {
        ulong high = Math.BigMul(x, y, out ulong low);
        low += addend;
        high += low < addend ? 1UL : 0UL;
        low += carry;
        high += low < carry ? 1UL : 0UL;
        carry = high;
        return low;
    }

    private static bool IsOne(in Limbs a) => ((a.L0 ^ 1) | a.L1 | a.L2 | a.L3) == 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsLess(in Limbs a, in Limbs b) =>
        a.L3 != b.L3 ? a.L3 < b.L3 : a.L2 != b.L2 ? a.L2 < b.L2 : a.L1 != b.L1 ? a.L1 < b.L1 : a.L0 < b.L0;

    /// <summary>a − b for a ≥ b, as integers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Limbs Difference(in Limbs a, in Limbs b)
    {
        ulong d0 = a.L0 - b.L0;
        ulong borrow = a.L0 < b.L0 ? 1UL : 0UL;
        ulong d1 = a.L1 - b.L1;
        ulong next = (a.L1 < b.L1 ? 1UL : 0UL) | (d1 < borrow ? 1UL : 0UL);
        d1 -= borrow;
        ulong d2 = a.L2 - b.L2;
        ulong last = (a.L2 < b.L2 ? 1UL : 0UL) | (d2 < next ? 1UL : 0UL);
        d2 -= next;
        return new Limbs(d0, d1, d2, a.L3 - b.L3 - last);
    }
}
