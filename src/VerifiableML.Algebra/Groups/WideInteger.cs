using System.Numerics;

namespace VerifiableML.Algebra.Groups;

/// <summary>The few operations on 256-bit integers that the recoding of scalars needs.</summary>
internal static class WideInteger
{
    /// <summary>a + b modulo 2^256.</summary>
    public static Limbs Add(in Limbs a, in Limbs b)
    {
        ulong carry = 0;
        ulong s0 = AddWithCarry(a.L0, b.L0, ref carry);
        ulong s1 = AddWithCarry(a.L1, b.L1, ref carry);
        ulong s2 = AddWithCarry(a.L2, b.L2, ref carry);
        return new Limbs(s0, s1, s2, a.L3 + b.L3 + carry);
    }

    /// <summary>a − b modulo 2^256.</summary>
    public static Limbs Subtract(in Limbs a, in Limbs b)
    {
        ulong carry = 1;
        ulong d0 = AddWithCarry(a.L0, ~b.L0, ref carry);
        ulong d1 = AddWithCarry(a.L1, ~b.L1, ref carry);
        ulong d2 = AddWithCarry(a.L2, ~b.L2, ref carry);
        return new Limbs(d0, d1, d2, a.L3 + ~b.L3 + carry);
    }

    public static bool IsLess(in Limbs a, in Limbs b) =>
        a.L3 != b.L3 ? a.L3 < b.L3 : a.L2 != b.L2 ? a.L2 < b.L2 : a.L1 != b.L1 ? a.L1 < b.L1 : a.L0 < b.L0;

    public static Limbs Or(in Limbs a, in Limbs b) => new(a.L0 | b.L0, a.L1 | b.L1, a.L2 | b.L2, a.L3 | b.L3);

    /// <summary>Position of the highest bit plus one; zero for zero.</summary>
    public static int BitLength(in Limbs a) =>
        a.L3 != 0 ? 256 - BitOperations.LeadingZeroCount(a.L3)
        : a.L2 != 0 ? 192 - BitOperations.LeadingZeroCount(a.L2)
        : a.L1 != 0 ? 128 - BitOperations.LeadingZeroCount(a.L1)
        : 64 - BitOperations.LeadingZeroCount(a.L0);

    /// <summary>A non-negative integer below 2^256.</summary>
    public static Limbs FromBigInteger(BigInteger value)
    {
        BigInteger word = ulong.MaxValue;
        return new Limbs(
            (ulong)(value & word), (ulong)((value >> 64) & word), (ulong)((value >> 128) & word), (ulong)(value >> 192));
    }

    private static ulong AddWithCarry(ulong a, ulong b, ref ulong carry)
    {
        ulong sum = a + b;
        ulong overflow = sum < a ? 1UL : 0UL;
        ulong total = sum + carry;
        carry = overflow | (total < sum ? 1UL : 0UL);
        return total;
    }
}
