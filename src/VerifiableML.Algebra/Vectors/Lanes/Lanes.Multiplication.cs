using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace VerifiableML.Algebra.Vectors;

internal partial struct Lanes<TModulus>
{
    /// <summary>a·b/2^260 modulo p, tight and below a·b/2^260 + 1.13·p.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Multiply(in LaneFactor a, in LaneFactor b, out Lanes<TModulus> result)
    {
        Vector512<ulong> c0 = Vector512.Create(unchecked(0UL - LaneProduct.Bias0));
        Vector512<ulong> c1 = Vector512.Create(unchecked(0UL - LaneProduct.Bias1 - LaneProduct.ReductionBias1));
        Vector512<ulong> c2 = Vector512.Create(unchecked(0UL - LaneProduct.Bias2 - LaneProduct.ReductionBias2));
        Vector512<ulong> c3 = Vector512.Create(unchecked(0UL - LaneProduct.Bias3 - LaneProduct.ReductionBias3));
        Vector512<ulong> c4 = Vector512.Create(unchecked(0UL - LaneProduct.Bias4 - LaneProduct.ReductionBias4));
        Vector512<ulong> c5 = Vector512.Create(unchecked(0UL - LaneProduct.Bias5 - LaneProduct.ReductionBias5));
        Vector512<ulong> c6 = Vector512.Create(unchecked(0UL - LaneProduct.Bias6 - LaneProduct.ReductionBias6));
        Vector512<ulong> c7 = Vector512.Create(unchecked(0UL - LaneProduct.Bias7 - LaneProduct.ReductionBias7));
        Vector512<ulong> c8 = Vector512.Create(unchecked(0UL - LaneProduct.Bias8 - LaneProduct.ReductionBias8));
        Vector512<ulong> c9 = Vector512.Create(unchecked(0UL - LaneProduct.Bias9 - LaneProduct.ReductionBias9));
        LaneProduct.Add(in a, in b, ref c0, ref c1, ref c2, ref c3, ref c4, ref c5, ref c6, ref c7, ref c8, ref c9);
        Reduce(c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, out result);
    }

    /// <summary>The same for tight integers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Multiply(in Lanes<TModulus> a, in Lanes<TModulus> b, out Lanes<TModulus> result)
    {
        ToFactor(in a, out LaneFactor x);
        ToFactor(in b, out LaneFactor y);
        Multiply(in x, in y, out result);
    }

    /// <summary>(a·b + c·d)/2^260 modulo p with one reduction, tight and below (a·b + c·d)/2^260 + 1.13·p.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void MultiplyAdd(
        in LaneFactor a, in LaneFactor b, in LaneFactor c, in LaneFactor d, out Lanes<TModulus> result)
    {
        Vector512<ulong> c0 = Vector512.Create(unchecked(0UL - (2 * LaneProduct.Bias0)));
        Vector512<ulong> c1 = Vector512.Create(unchecked(0UL - (2 * LaneProduct.Bias1) - LaneProduct.ReductionBias1));
        Vector512<ulong> c2 = Vector512.Create(unchecked(0UL - (2 * LaneProduct.Bias2) - LaneProduct.ReductionBias2));
        Vector512<ulong> c3 = Vector512.Create(unchecked(0UL - (2 * LaneProduct.Bias3) - LaneProduct.ReductionBias3));
        Vector512<ulong> c4 = Vector512.Create(unchecked(0UL - (2 * LaneProduct.Bias4) - LaneProduct.ReductionBias4));
        Vector512<ulong> c5 = Vector512.Create(unchecked(0UL - (2 * LaneProduct.Bias5) - LaneProduct.ReductionBias5));
        Vector512<ulong> c6 = Vector512.Create(unchecked(0UL - (2 * LaneProduct.Bias6) - LaneProduct.ReductionBias6));
        Vector512<ulong> c7 = Vector512.Create(unchecked(0UL - (2 * LaneProduct.Bias7) - LaneProduct.ReductionBias7));
        Vector512<ulong> c8 = Vector512.Create(unchecked(0UL - (2 * LaneProduct.Bias8) - LaneProduct.ReductionBias8));
        Vector512<ulong> c9 = Vector512.Create(unchecked(0UL - (2 * LaneProduct.Bias9) - LaneProduct.ReductionBias9));
        LaneProduct.Add(in a, in b, ref c0, ref c1, ref c2, ref c3, ref c4, ref c5, ref c6, ref c7, ref c8, ref c9);
        LaneProduct.Add(in c, in d, ref c0, ref c1, ref c2, ref c3, ref c4, ref c5, ref c6, ref c7, ref c8, ref c9);
        Reduce(c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, out result);
    }

    /// <summary>
    /// a²/2^260 modulo p, as <see cref="Multiply(in LaneFactor, in LaneFactor, out Lanes{TModulus})"/> of a with itself; the products off
    /// the diagonal are formed once and doubled.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Square(in LaneFactor a, out Lanes<TModulus> result)
    {
        Vector512<double> a0 = a.L0, a1 = a.L1, a2 = a.L2, a3 = a.L3, a4 = a.L4;
        Vector512<ulong> c1 = Vector512<ulong>.Zero;
        Vector512<ulong> c2 = Vector512<ulong>.Zero;
        Vector512<ulong> c3 = Vector512<ulong>.Zero;
        Vector512<ulong> c4 = Vector512<ulong>.Zero;
        Vector512<ulong> c5 = Vector512<ulong>.Zero;
        Vector512<ulong> c6 = Vector512<ulong>.Zero;
        Vector512<ulong> c7 = Vector512<ulong>.Zero;
        Vector512<ulong> c8 = Vector512<ulong>.Zero;
        LaneProduct.AddLimbs(a0, a1, ref c1, ref c2);
        LaneProduct.AddLimbs(a0, a2, ref c2, ref c3);
        LaneProduct.AddLimbs(a0, a3, ref c3, ref c4);
        LaneProduct.AddLimbs(a0, a4, ref c4, ref c5);
        LaneProduct.AddLimbs(a1, a2, ref c3, ref c4);
        LaneProduct.AddLimbs(a1, a3, ref c4, ref c5);
        LaneProduct.AddLimbs(a1, a4, ref c5, ref c6);
        LaneProduct.AddLimbs(a2, a3, ref c5, ref c6);
        LaneProduct.AddLimbs(a2, a4, ref c6, ref c7);
        LaneProduct.AddLimbs(a3, a4, ref c7, ref c8);

        Vector512<ulong> c0 = Vector512.Create(unchecked(0UL - LaneProduct.Bias0));
        c1 += c1 + Vector512.Create(unchecked(0UL - LaneProduct.Bias1 - LaneProduct.ReductionBias1));
        c2 += c2 + Vector512.Create(unchecked(0UL - LaneProduct.Bias2 - LaneProduct.ReductionBias2));
        c3 += c3 + Vector512.Create(unchecked(0UL - LaneProduct.Bias3 - LaneProduct.ReductionBias3));
        c4 += c4 + Vector512.Create(unchecked(0UL - LaneProduct.Bias4 - LaneProduct.ReductionBias4));
        c5 += c5 + Vector512.Create(unchecked(0UL - LaneProduct.Bias5 - LaneProduct.ReductionBias5));
        c6 += c6 + Vector512.Create(unchecked(0UL - LaneProduct.Bias6 - LaneProduct.ReductionBias6));
        c7 += c7 + Vector512.Create(unchecked(0UL - LaneProduct.Bias7 - LaneProduct.ReductionBias7));
        c8 += c8 + Vector512.Create(unchecked(0UL - LaneProduct.Bias8 - LaneProduct.ReductionBias8));
        Vector512<ulong> c9 = Vector512.Create(unchecked(0UL - LaneProduct.Bias9 - LaneProduct.ReductionBias9));
        LaneProduct.AddLimbs(a0, a0, ref c0, ref c1);
        LaneProduct.AddLimbs(a1, a1, ref c2, ref c3);
        LaneProduct.AddLimbs(a2, a2, ref c4, ref c5);
        LaneProduct.AddLimbs(a3, a3, ref c6, ref c7);
        LaneProduct.AddLimbs(a4, a4, ref c8, ref c9);
        Reduce(c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, out result);
    }

    /// <summary>
    /// Σ ck·2^(52·k)/2^260 modulo p. The lowest limb m is cleared by adding m·N with a multiple N of p that is −1 modulo 2^52, so that
    /// m is read off instead of computed: m·N + m is m·(N + 1)/2^52 one limb further up. For the last limb that multiple would be too
    /// large to leave a small result, so it is cleared with p itself. The columns come in with <see cref="LaneProduct"/>'s bias of the
    /// reduction already taken off.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Reduce(
        Vector512<ulong> c0,
        Vector512<ulong> c1,
        Vector512<ulong> c2,
        Vector512<ulong> c3,
        Vector512<ulong> c4,
        Vector512<ulong> c5,
        Vector512<ulong> c6,
        Vector512<ulong> c7,
        Vector512<ulong> c8,
        Vector512<ulong> c9,
        out Lanes<TModulus> result)
    {
        Vector512<ulong> mask = LaneBits.LimbMask;
        Vector512<double> m = LaneFactor.Limb(c0 & mask);
        c1 += c0 >>> LaneBits.LimbBits;
        LaneProduct.AddLimbs(m, LaneModulus<TModulus>.N0, ref c1, ref c2);
        LaneProduct.AddLimbs(m, LaneModulus<TModulus>.N1, ref c2, ref c3);
        LaneProduct.AddLimbs(m, LaneModulus<TModulus>.N2, ref c3, ref c4);
        LaneProduct.AddLimbs(m, LaneModulus<TModulus>.N3, ref c4, ref c5);
        LaneProduct.AddLimbs(m, LaneModulus<TModulus>.N4, ref c5, ref c6);

        m = LaneFactor.Limb(c1 & mask);
        c2 += c1 >>> LaneBits.LimbBits;
        LaneProduct.AddLimbs(m, LaneModulus<TModulus>.N0, ref c2, ref c3);
        LaneProduct.AddLimbs(m, LaneModulus<TModulus>.N1, ref c3, ref c4);
        LaneProduct.AddLimbs(m, LaneModulus<TModulus>.N2, ref c4, ref c5);
        LaneProduct.AddLimbs(m, LaneModulus<TModulus>.N3, ref c5, ref c6);
        LaneProduct.AddLimbs(m, LaneModulus<TModulus>.N4, ref c6, ref c7);

        m = LaneFactor.Limb(c2 & mask);
        c3 += c2 >>> LaneBits.LimbBits;
        LaneProduct.AddLimbs(m, LaneModulus<TModulus>.N0, ref c3, ref c4);
        LaneProduct.AddLimbs(m, LaneModulus<TModulus>.N1, ref c4, ref c5);
        LaneProduct.AddLimbs(m, LaneModulus<TModulus>.N2, ref c5, ref c6);
        LaneProduct.AddLimbs(m, LaneModulus<TModulus>.N3, ref c6, ref c7);
        LaneProduct.AddLimbs(m, LaneModulus<TModulus>.N4, ref c7, ref c8);

        m = LaneFactor.Limb(c3 & mask);
        c4 += c3 >>> LaneBits.LimbBits;
        LaneProduct.AddLimbs(m, LaneModulus<TModulus>.N0, ref c4, ref c5);
        LaneProduct.AddLimbs(m, LaneModulus<TModulus>.N1, ref c5, ref c6);
        LaneProduct.AddLimbs(m, LaneModulus<TModulus>.N2, ref c6, ref c7);
        LaneProduct.AddLimbs(m, LaneModulus<TModulus>.N3, ref c7, ref c8);
        LaneProduct.AddLimbs(m, LaneModulus<TModulus>.N4, ref c8, ref c9);

        m = LaneProduct.LowLimb(LaneFactor.Limb(c4 & mask), LaneModulus<TModulus>.NegatedInverse);
        LaneProduct.AddLimbs(m, LaneModulus<TModulus>.F0, ref c4, ref c5);
        LaneProduct.AddLimbs(m, LaneModulus<TModulus>.F1, ref c5, ref c6);
        LaneProduct.AddLimbs(m, LaneModulus<TModulus>.F2, ref c6, ref c7);
        LaneProduct.AddLimbs(m, LaneModulus<TModulus>.F3, ref c7, ref c8);
        LaneProduct.AddLimbs(m, LaneModulus<TModulus>.F4, ref c8, ref c9);

        c5 += c4 >>> LaneBits.LimbBits;
        result.L0 = c5 & mask;
        c6 += c5 >>> LaneBits.LimbBits;
        result.L1 = c6 & mask;
        c7 += c6 >>> LaneBits.LimbBits;
        result.L2 = c7 & mask;
        c8 += c7 >>> LaneBits.LimbBits;
        result.L3 = c8 & mask;
        result.L4 = c9 + (c8 >>> LaneBits.LimbBits);
    }
}
