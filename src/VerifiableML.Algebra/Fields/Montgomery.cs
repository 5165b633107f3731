using System.Runtime.CompilerServices;

namespace VerifiableML.Algebra;

/// <summary>
/// Arithmetic modulo p on values below p. A value a is stored as a·R mod p with R = 2^256, so that a product costs one interleaved
/// multiplication and reduction (CIOS: Koç, Acar, Kaliski, "Analyzing and comparing Montgomery multiplication algorithms", 1996, §5).
/// </summary>
internal static class Montgomery<TModulus>
    where TModulus : struct, IModulus
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Limbs Add(in Limbs a, in Limbs b)
    {
        // p < 2^254, so the sum of two values below p stays within 255 bits and the top limb cannot overflow.
        ulong s0 = a.L0 + b.L0;
        ulong carry = s0 < a.L0 ? 1UL : 0UL;
        ulong s1 = AddWithCarry(a.L1, b.L1, ref carry);
        ulong s2 = AddWithCarry(a.L2, b.L2, ref carry);
        ulong s3 = a.L3 + b.L3 + carry;
        return ReduceOnce(s0, s1, s2, s3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Limbs Subtract(in Limbs a, in Limbs b)
    {
        ulong borrow = 0;
        ulong d0 = SubtractWithBorrow(a.L0, b.L0, ref borrow);
        ulong d1 = SubtractWithBorrow(a.L1, b.L1, ref borrow);
        ulong d2 = SubtractWithBorrow(a.L2, b.L2, ref borrow);
        ulong d3 = SubtractWithBorrow(a.L3, b.L3, ref borrow);

        ulong mask = 0 - borrow;
        ulong carry = 0;
        d0 = AddWithCarry(d0, TModulus.P0 & mask, ref carry);
        d1 = AddWithCarry(d1, TModulus.P1 & mask, ref carry);
        d2 = AddWithCarry(d2, TModulus.P2 & mask, ref carry);
        d3 = d3 + (TModulus.P3 & mask) + carry;
        return new Limbs(d0, d1, d2, d3);
    }

    public static Limbs Negate(in Limbs a) => a.IsZero ? a : Subtract(default, a);

    /// <summary>
    /// a·b/R mod p. Only <paramref name="a"/> has to be below p; <paramref name="b"/> may be any 256-bit number. Because the top limb
    /// of p is below 2^62 the running sum stays below 2p and needs no fifth limb.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Limbs Multiply(in Limbs a, in Limbs b)
    {
        ulong t0 = 0, t1 = 0, t2 = 0, t3 = 0;
        ulong a0 = a.L0, a1 = a.L1, a2 = a.L2, a3 = a.L3;
        Step(a0, a1, a2, a3, b.L0, ref t0, ref t1, ref t2, ref t3);
        Step(a0, a1, a2, a3, b.L1, ref t0, ref t1, ref t2, ref t3);
        Step(a0, a1, a2, a3, b.L2, ref t0, ref t1, ref t2, ref t3);
        Step(a0, a1, a2, a3, b.L3, ref t0, ref t1, ref t2, ref t3);
        return ReduceOnce(t0, t1, t2, t3);
    }

    /// <summary>The integer that a Montgomery form stands for: a/R mod p.</summary>
    public static Limbs ToInteger(in Limbs a) => Multiply(a, new Limbs(1, 0, 0, 0));

    /// <summary>The Montgomery form of any 256-bit integer, reduced modulo p.</summary>
    public static Limbs FromInteger(in Limbs integer) => Multiply(TModulus.RSquared, integer);

    /// <summary>True where the 256-bit integer is below p.</summary>
    public static bool IsCanonical(in Limbs integer)
    {
        ulong borrow = 0;
        _ = SubtractWithBorrow(integer.L0, TModulus.P0, ref borrow);
        _ = SubtractWithBorrow(integer.L1, TModulus.P1, ref borrow);
        _ = SubtractWithBorrow(integer.L2, TModulus.P2, ref borrow);
        _ = SubtractWithBorrow(integer.L3, TModulus.P3, ref borrow);
        return borrow == 1;
    }

    /// <summary>t ← (t + a·b + m·p)/2^64, with m chosen so that the division is exact.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Step(
        ulong a0, ulong a1, ulong a2, ulong a3, ulong b, ref ulong t0, ref ulong t1, ref ulong t2, ref ulong t3)
    {
        ulong carry = MultiplyAdd(a0, b, t0, 0, out ulong low);
        ulong m = low * TModulus.NegatedInverse;

        // The lowest word of the sum is zero by the choice of m; it carries exactly where it was not zero before.
        ulong reduction = Math.BigMul(m, TModulus.P0, out _) + (low != 0 ? 1UL : 0UL);
        carry = MultiplyAdd(a1, b, t1, carry, out low);
        reduction = MultiplyAdd(m, TModulus.P1, low, reduction, out t0);
        carry = MultiplyAdd(a2, b, t2, carry, out low);
        reduction = MultiplyAdd(m, TModulus.P2, low, reduction, out t1);
        carry = MultiplyAdd(a3, b, t3, carry, out low);
        reduction = MultiplyAdd(m, TModulus.P3, low, reduction, out t2);
        t3 = carry + reduction;
    }

    /// <summary>The 128-bit sum x·y + u + v, which cannot overflow; returns its upper half.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong MultiplyAdd(ulong x, ulong y, ulong u, ulong v, out ulong low)
    {
        ulong high = Math.BigMul(x, y, out ulong product);
        product += u;
        high += product < u ? 1UL : 0UL;
        product += v;
        high += product < v ? 1UL : 0UL;
        low = product;
        return high;
    }

    /// <summary>t − p where t ≥ p, else t; for t below 2p. No branch, as the outcome is a coin toss.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Limbs ReduceOnce(ulong t0, ulong t1, ulong t2, ulong t3)
    {
        ulong borrow = 0;
        ulong d0 = SubtractWithBorrow(t0, TModulus.P0, ref borrow);
        ulong d1 = SubtractWithBorrow(t1, TModulus.P1, ref borrow);
        ulong d2 = SubtractWithBorrow(t2, TModulus.P2, ref borrow);
        ulong d3 = SubtractWithBorrow(t3, TModulus.P3, ref borrow);

        ulong keep = 0 - borrow;
        return new Limbs(
            d0 ^ ((d0 ^ t0) & keep), d1 ^ ((d1 ^ t1) & keep), d2 ^ ((d2 ^ t2) & keep), d3 ^ ((d3 ^ t3) & keep));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong AddWithCarry(ulong a, ulong b, ref ulong carry)
    {
        ulong sum = a + b;
        ulong overflow = sum < a ? 1UL : 0UL;
        ulong total = sum + carry;
        carry = overflow | (total < sum ? 1UL : 0UL);
        return total;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong SubtractWithBorrow(ulong a, ulong b, ref ulong borrow)
    {
        ulong difference = a - b;
        ulong underflow = a < b ? 1UL : 0UL;
        ulong total = difference - borrow;
        borrow = underflow | (difference < borrow ? 1UL : 0UL);
        return total;
    }
}
