using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace VerifiableML.Algebra.Vectors;

internal partial struct NarrowLanes<TModulus>
{
    /// <summary>a + b, limb by limb without carries: loose for tight arguments.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add(in NarrowLanes<TModulus> a, in NarrowLanes<TModulus> b, out NarrowLanes<TModulus> result)
    {
        result.L0 = a.L0 + b.L0;
        result.L1 = a.L1 + b.L1;
        result.L2 = a.L2 + b.L2;
        result.L3 = a.L3 + b.L3;
        result.L4 = a.L4 + b.L4;
        result.L5 = a.L5 + b.L5;
        result.L6 = a.L6 + b.L6;
        result.L7 = a.L7 + b.L7;
        result.L8 = a.L8 + b.L8;
    }

    /// <summary>
    /// a + 4p − b for a tight b below 3p, limb by limb without carries: limbs below A + 2^30 where A bounds those of a.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Subtract(in NarrowLanes<TModulus> a, in NarrowLanes<TModulus> b, out NarrowLanes<TModulus> result)
    {
        result.L0 = a.L0 + (NarrowLaneModulus<TModulus>.Lending0 - b.L0);
        result.L1 = a.L1 + (NarrowLaneModulus<TModulus>.Lending1 - b.L1);
        result.L2 = a.L2 + (NarrowLaneModulus<TModulus>.Lending2 - b.L2);
        result.L3 = a.L3 + (NarrowLaneModulus<TModulus>.Lending3 - b.L3);
        result.L4 = a.L4 + (NarrowLaneModulus<TModulus>.Lending4 - b.L4);
        result.L5 = a.L5 + (NarrowLaneModulus<TModulus>.Lending5 - b.L5);
        result.L6 = a.L6 + (NarrowLaneModulus<TModulus>.Lending6 - b.L6);
        result.L7 = a.L7 + (NarrowLaneModulus<TModulus>.Lending7 - b.L7);
        result.L8 = a.L8 + (NarrowLaneModulus<TModulus>.Lending8 - b.L8);
    }

    /// <summary>The same value with limbs 0…7 below 2^29. Limbs may be signed; the value must not be negative.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Tighten(in NarrowLanes<TModulus> a, out NarrowLanes<TModulus> result)
    {
        Vector512<ulong> mask = LimbMask;
        Vector512<ulong> t = a.L0;
        result.L0 = t & mask;
        t = a.L1 + Carry(t);
        result.L1 = t & mask;
        t = a.L2 + Carry(t);
        result.L2 = t & mask;
        t = a.L3 + Carry(t);
        result.L3 = t & mask;
        t = a.L4 + Carry(t);
        result.L4 = t & mask;
        t = a.L5 + Carry(t);
        result.L5 = t & mask;
        t = a.L6 + Carry(t);
        result.L6 = t & mask;
        t = a.L7 + Carry(t);
        result.L7 = t & mask;
        result.L8 = a.L8 + Carry(t);
    }

    /// <summary>32·a for a tight a below 2^256, tight: what <see cref="LoadTimes32"/> is for a value already in registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Times32(in NarrowLanes<TModulus> a, out NarrowLanes<TModulus> result)
    {
        // From the top, so that the result may be the argument.
        Vector512<ulong> mask = LimbMask;
        result.L8 = (a.L8 << 5) | (a.L7 >>> 24);
        result.L7 = OrAnd(a.L7 << 5, a.L6 >>> 24, mask);
        result.L6 = OrAnd(a.L6 << 5, a.L5 >>> 24, mask);
        result.L5 = OrAnd(a.L5 << 5, a.L4 >>> 24, mask);
        result.L4 = OrAnd(a.L4 << 5, a.L3 >>> 24, mask);
        result.L3 = OrAnd(a.L3 << 5, a.L2 >>> 24, mask);
        result.L2 = OrAnd(a.L2 << 5, a.L1 >>> 24, mask);
        result.L1 = OrAnd(a.L1 << 5, a.L0 >>> 24, mask);
        result.L0 = (a.L0 << 5) & mask;
    }

    /// <summary>What a limb hands to the next one, rounding down for negative limbs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ulong> Carry(Vector512<ulong> limb) => (limb.AsInt64() >> 29).AsUInt64();
}
