using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace VerifiableML.Algebra.Vectors;

/// <summary>
/// Products of limbs on the floating-point units. .NET 10 has no access to the 52-bit integer multiply-add instructions, but a fused
/// multiply-add of doubles forms the same 104-bit product: rounded towards zero next to 2^104 it leaves the upper 52 bits in the
/// mantissa, and what was rounded away comes exactly out of a second one next to 2^52 (Emmart, Zheng, Weems, "Faster modular exponentiation
/// using double precision floating point arithmetic on the GPU", ARITH 2018). A multiplication of two elements takes 25 such products; with
/// integer multiplications of 32 bits it takes 81 of limbs of 29 bits, which measured 12.3 ns where this takes 7.2 ns.
/// <para>
/// The bits of both results are added up as integers, exponents included; the exponents' share (the <i>bias</i>) is known from the
/// number of products and taken off once per column. That a bias overflows 64 bits does no harm, as only the sum without it must fit:
/// a column takes at most 10·2^52 per product of two factors, so hundreds of products may be summed before a carry.
/// </para>
/// </summary>
internal static class LaneProduct
{
    private const double TwoTo52 = 4503599627370496;
    private const double TwoTo104 = TwoTo52 * TwoTo52;

    // The bit patterns of 2^52 and 2^104, on top of which low and high halves of products are found.
    private const ulong Low = 0x433UL << 52;
    private const ulong High = 0x467UL << 52;

    // What one product of two factors adds to each column besides the product itself.
    public const ulong Bias0 = Low;
    public const ulong Bias1 = unchecked((2 * Low) + High);
    public const ulong Bias2 = unchecked((3 * Low) + (2 * High));
    public const ulong Bias3 = unchecked((4 * Low) + (3 * High));
    public const ulong Bias4 = unchecked((5 * Low) + (4 * High));
    public const ulong Bias5 = unchecked((4 * Low) + (5 * High));
    public const ulong Bias6 = unchecked((3 * Low) + (4 * High));
    public const ulong Bias7 = unchecked((2 * Low) + (3 * High));
    public const ulong Bias8 = unchecked(Low + (2 * High));
    public const ulong Bias9 = High;

    // What Lanes.Reduce adds to each column in the same way.
    public const ulong ReductionBias1 = Low;
    public const ulong ReductionBias2 = unchecked((2 * Low) + High);
    public const ulong ReductionBias3 = unchecked((3 * Low) + (2 * High));
    public const ulong ReductionBias4 = unchecked((5 * Low) + (3 * High));
    public const ulong ReductionBias5 = unchecked((5 * Low) + (5 * High));
    public const ulong ReductionBias6 = unchecked((4 * Low) + (5 * High));
    public const ulong ReductionBias7 = unchecked((3 * Low) + (4 * High));
    public const ulong ReductionBias8 = unchecked((2 * Low) + (3 * High));
    public const ulong ReductionBias9 = unchecked(2 * High);

    /// <summary>2^52·high + low += a·b for factors below 2^52, with the bias of one product each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddLimbs(Vector512<double> a, Vector512<double> b, ref Vector512<ulong> low, ref Vector512<ulong> high)
    {
        Vector512<double> upper = Avx512F.FusedMultiplyAdd(a, b, Vector512.Create(TwoTo104), FloatRoundingMode.ToZero);
        Vector512<double> lower = Avx512F.FusedMultiplyAdd(a, b, Vector512.Create(TwoTo104 + TwoTo52) - upper);
        high += upper.AsUInt64();
        low += lower.AsUInt64();
    }

    /// <summary>The low 52 bits of a·b for factors below 2^52; a double again.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> LowLimb(Vector512<double> a, Vector512<double> b)
    {
        Vector512<double> upper = Avx512F.FusedMultiplyAdd(a, b, Vector512.Create(TwoTo104), FloatRoundingMode.ToZero);
        return Avx512F.FusedMultiplyAdd(a, b, Vector512.Create(TwoTo104) - upper);
    }

    /// <summary>Adds a·b to ten columns, column k counting 2^(52·k), together with its bias.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add(
        in LaneFactor a,
        in LaneFactor b,
        ref Vector512<ulong> c0,
        ref Vector512<ulong> c1,
        ref Vector512<ulong> c2,
        ref Vector512<ulong> c3,
        ref Vector512<ulong> c4,
        ref Vector512<ulong> c5,
        ref Vector512<ulong> c6,
        ref Vector512<ulong> c7,
        ref Vector512<ulong> c8,
        ref Vector512<ulong> c9)
    {
        Vector512<double> b0 = b.L0, b1 = b.L1, b2 = b.L2, b3 = b.L3, b4 = b.L4;
        Vector512<double> x = a.L0;
        AddLimbs(x, b0, ref c0, ref c1);
        AddLimbs(x, b1, ref c1, ref c2);
        AddLimbs(x, b2, ref c2, ref c3);
        AddLimbs(x, b3, ref c3, ref c4);
        AddLimbs(x, b4, ref c4, ref c5);

        x = a.L1;
        AddLimbs(x, b0, ref c1, ref c2);
        AddLimbs(x, b1, ref c2, ref c3);
        AddLimbs(x, b2, ref c3, ref c4);
        AddLimbs(x, b3, ref c4, ref c5);
        AddLimbs(x, b4, ref c5, ref c6);

        x = a.L2;
        AddLimbs(x, b0, ref c2, ref c3);
        AddLimbs(x, b1, ref c3, ref c4);
        AddLimbs(x, b2, ref c4, ref c5);
        AddLimbs(x, b3, ref c5, ref c6);
        AddLimbs(x, b4, ref c6, ref c7);

        x = a.L3;
        AddLimbs(x, b0, ref c3, ref c4);
        AddLimbs(x, b1, ref c4, ref c5);
        AddLimbs(x, b2, ref c5, ref c6);
        AddLimbs(x, b3, ref c6, ref c7);
        AddLimbs(x, b4, ref c7, ref c8);

        x = a.L4;
        AddLimbs(x, b0, ref c4, ref c5);
        AddLimbs(x, b1, ref c5, ref c6);
        AddLimbs(x, b2, ref c6, ref c7);
        AddLimbs(x, b3, ref c7, ref c8);
        AddLimbs(x, b4, ref c8, ref c9);
    }
}
