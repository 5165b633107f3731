using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace VerifiableML.Algebra.Vectors;

internal partial struct Lanes<TModulus>
{
    /// <summary>a + b, loose.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add(in Lanes<TModulus> a, in Lanes<TModulus> b, out Lanes<TModulus> result)
    {
        result.L0 = a.L0 + b.L0;
        result.L1 = a.L1 + b.L1;
        result.L2 = a.L2 + b.L2;
        result.L3 = a.L3 + b.L3;
        result.L4 = a.L4 + b.L4;
    }

    /// <summary>a − b + 2p, loose; not negative for b up to a + 2p.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Subtract(in Lanes<TModulus> a, in Lanes<TModulus> b, out Lanes<TModulus> result)
    {
        result.L0 = a.L0 - b.L0 + LaneModulus<TModulus>.Twice0;
        result.L1 = a.L1 - b.L1 + LaneModulus<TModulus>.Twice1;
        result.L2 = a.L2 - b.L2 + LaneModulus<TModulus>.Twice2;
        result.L3 = a.L3 - b.L3 + LaneModulus<TModulus>.Twice3;
        result.L4 = a.L4 - b.L4 + LaneModulus<TModulus>.Twice4;
    }

    /// <summary>a + b, tight. In one step because limbs that go through memory in between would have to wait for it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddTight(in Lanes<TModulus> a, in Lanes<TModulus> b, out Lanes<TModulus> result)
    {
        Vector512<ulong> mask = LaneBits.LimbMask;
        Vector512<ulong> t = a.L0 + b.L0;
        result.L0 = t & mask;
        t = a.L1 + b.L1 + LaneBits.Carry(t);
        result.L1 = t & mask;
        t = a.L2 + b.L2 + LaneBits.Carry(t);
        result.L2 = t & mask;
        t = a.L3 + b.L3 + LaneBits.Carry(t);
        result.L3 = t & mask;
        t = a.L4 + b.L4 + LaneBits.Carry(t);
        result.L4 = t;
    }

    /// <summary>a − b + 2p, tight; not negative for b up to a + 2p.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void SubtractTight(in Lanes<TModulus> a, in Lanes<TModulus> b, out Lanes<TModulus> result)
    {
        Vector512<ulong> mask = LaneBits.LimbMask;
        Vector512<ulong> t = a.L0 - b.L0 + LaneModulus<TModulus>.Twice0;
        result.L0 = t & mask;
        t = a.L1 - b.L1 + LaneModulus<TModulus>.Twice1 + LaneBits.Carry(t);
        result.L1 = t & mask;
        t = a.L2 - b.L2 + LaneModulus<TModulus>.Twice2 + LaneBits.Carry(t);
        result.L2 = t & mask;
        t = a.L3 - b.L3 + LaneModulus<TModulus>.Twice3 + LaneBits.Carry(t);
        result.L3 = t & mask;
        t = a.L4 - b.L4 + LaneModulus<TModulus>.Twice4 + LaneBits.Carry(t);
        result.L4 = t;
    }

    /// <summary>The same value, tight; it must not be negative.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Tighten(in Lanes<TModulus> a, out Lanes<TModulus> result)
    {
        Vector512<ulong> mask = LaneBits.LimbMask;
        Vector512<ulong> t = a.L0;
        result.L0 = t & mask;
        t = a.L1 + LaneBits.Carry(t);
        result.L1 = t & mask;
        t = a.L2 + LaneBits.Carry(t);
        result.L2 = t & mask;
        t = a.L3 + LaneBits.Carry(t);
        result.L3 = t & mask;
        result.L4 = a.L4 + LaneBits.Carry(t);
    }

    /// <summary>16·a for a tight a below 2^256: what makes a value in registers the second factor of a product in R = 2^256.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Times16(in Lanes<TModulus> a, out Lanes<TModulus> result)
    {
        // From the top, so that the result may be the argument.
        Vector512<ulong> mask = LaneBits.LimbMask;
        result.L4 = (a.L4 << 4) | (a.L3 >>> 48);
        result.L3 = LaneBits.OrAnd(a.L3 << 4, a.L2 >>> 48, mask);
        result.L2 = LaneBits.OrAnd(a.L2 << 4, a.L1 >>> 48, mask);
        result.L1 = LaneBits.OrAnd(a.L1 << 4, a.L0 >>> 48, mask);
        result.L0 = (a.L0 << 4) & mask;
    }

    /// <summary>a − p in the lanes where a is at least p, else a, for a tight a.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void ReduceOnce(in Lanes<TModulus> a, out Lanes<TModulus> result)
    {
        Vector512<ulong> mask = LaneBits.LimbMask;
        Vector512<ulong> d0 = a.L0 - LaneModulus<TModulus>.P0;
        Vector512<ulong> d1 = a.L1 - LaneModulus<TModulus>.P1 + LaneBits.Carry(d0);
        Vector512<ulong> d2 = a.L2 - LaneModulus<TModulus>.P2 + LaneBits.Carry(d1);
        Vector512<ulong> d3 = a.L3 - LaneModulus<TModulus>.P3 + LaneBits.Carry(d2);
        Vector512<ulong> d4 = a.L4 - LaneModulus<TModulus>.P4 + LaneBits.Carry(d3);

        // All ones where the subtraction went below zero, which keeps the value as it was.
        Vector512<ulong> keep = LaneBits.Sign(d4);
        result.L0 = Vector512.ConditionalSelect(keep, a.L0, d0 & mask);
        result.L1 = Vector512.ConditionalSelect(keep, a.L1, d1 & mask);
        result.L2 = Vector512.ConditionalSelect(keep, a.L2, d2 & mask);
        result.L3 = Vector512.ConditionalSelect(keep, a.L3, d3 & mask);
        result.L4 = Vector512.ConditionalSelect(keep, a.L4, d4);
    }

    /// <summary>a − b modulo p below p, for tight a and b below p.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void SubtractReduced(in Lanes<TModulus> a, in Lanes<TModulus> b, out Lanes<TModulus> result)
    {
        // The top limb's sign is that of the difference once its borrows have come in; only then p is added, so there are two chains.
        Vector512<ulong> mask = LaneBits.LimbMask;
        Vector512<ulong> d0 = a.L0 - b.L0;
        Vector512<ulong> d1 = a.L1 - b.L1 + LaneBits.Carry(d0);
        Vector512<ulong> d2 = a.L2 - b.L2 + LaneBits.Carry(d1);
        Vector512<ulong> d3 = a.L3 - b.L3 + LaneBits.Carry(d2);
        Vector512<ulong> d4 = a.L4 - b.L4 + LaneBits.Carry(d3);
        Vector512<ulong> negative = LaneBits.Sign(d4);

        d0 = (d0 & mask) + (LaneModulus<TModulus>.P0 & negative);
        d1 = (d1 & mask) + (LaneModulus<TModulus>.P1 & negative) + LaneBits.Carry(d0);
        d2 = (d2 & mask) + (LaneModulus<TModulus>.P2 & negative) + LaneBits.Carry(d1);
        d3 = (d3 & mask) + (LaneModulus<TModulus>.P3 & negative) + LaneBits.Carry(d2);
        result.L4 = d4 + (LaneModulus<TModulus>.P4 & negative) + LaneBits.Carry(d3);
        result.L3 = d3 & mask;
        result.L2 = d2 & mask;
        result.L1 = d1 & mask;
        result.L0 = d0 & mask;
    }
}
