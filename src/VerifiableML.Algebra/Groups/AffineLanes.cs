using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using VerifiableML.Algebra.Vectors;
using FqLanes = VerifiableML.Algebra.Vectors.NarrowLanes<VerifiableML.Algebra.BaseModulus>;
using P = VerifiableML.Algebra.Vectors.NarrowLaneModulus<VerifiableML.Algebra.BaseModulus>;

namespace VerifiableML.Algebra.Groups;

/// <summary>
/// The parts of an affine addition around its products, eight points at a time. Coordinates come from memory below p; products are
/// tight and below 1.1·p; what is in between says its range.
/// </summary>
internal static unsafe class AffineLanes
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    private const ulong PairMask = (1UL << 58) - 1;

    // 2p in four words.
    private static ulong Two0 { [MethodImpl(Inline)] get => BaseModulus.P0 << 1; }

    private static ulong Two1 { [MethodImpl(Inline)] get => (BaseModulus.P1 << 1) | (BaseModulus.P0 >> 63); }

    private static ulong Two2 { [MethodImpl(Inline)] get => (BaseModulus.P2 << 1) | (BaseModulus.P1 >> 63); }

    private static ulong Two3 { [MethodImpl(Inline)] get => (BaseModulus.P3 << 1) | (BaseModulus.P2 >> 63); }

    /// <summary>x₂ − x₁ + 4p, loose.</summary>
    /// <returns>Bit k set where the points of lane k have the same x or one of them is infinity.</returns>
    [MethodImpl(Inline)]
    public static byte LoadDifference(nuint* left, nuint* right, out FqLanes difference)
    {
        PointLanes.Load(left, 0, out Vector512<ulong> a0, out Vector512<ulong> a1, out Vector512<ulong> a2, out Vector512<ulong> a3);
        PointLanes.Load(right, 0, out Vector512<ulong> b0, out Vector512<ulong> b1, out Vector512<ulong> b2, out Vector512<ulong> b3);
        FqLanes.FromWords(a0, a1, a2, a3, out FqLanes x1);
        FqLanes.FromWords(b0, b1, b2, b3, out FqLanes x2);
        FqLanes.Subtract(in x2, in x1, out difference);

        Vector512<ulong> unequal = (a0 ^ b0) | (a1 ^ b1) | (a2 ^ b2) | (a3 ^ b3);
        Vector512<ulong> infinity = Vector512.Create(PackedPoint.InfinityMark);
        Vector512<ulong> special = Vector512.Equals(unequal, Vector512<ulong>.Zero) | Vector512.Equals(a3, infinity) | Vector512.Equals(b3, infinity);
        return (byte)special.ExtractMostSignificantBits();
    }

    /// <summary>x, tight, below p.</summary>
    [MethodImpl(Inline)]
    public static void LoadAbscissae(nuint* references, out FqLanes x)
    {
        PointLanes.Load(references, 0, out Vector512<ulong> w0, out Vector512<ulong> w1, out Vector512<ulong> w2, out Vector512<ulong> w3);
        FqLanes.FromWords(w0, w1, w2, w3, out x);
    }

    /// <summary>y with its reference's sign: limbs of absolute value below 2^29, all of that sign; the value is above −p and below p.</summary>
    [MethodImpl(Inline)]
    public static void LoadOrdinates(nuint* references, out FqLanes y)
    {
        PointLanes.Load(references, 4, out Vector512<ulong> w0, out Vector512<ulong> w1, out Vector512<ulong> w2, out Vector512<ulong> w3);
        FqLanes.FromWords(w0, w1, w2, w3, out y);
        Vector512<ulong> sign = Vector512<ulong>.Zero - (Vector512.Load((ulong*)references) & Vector512<ulong>.One);
        y.L0 = (y.L0 ^ sign) - sign;
        y.L1 = (y.L1 ^ sign) - sign;
        y.L2 = (y.L2 ^ sign) - sign;
        y.L3 = (y.L3 ^ sign) - sign;
        y.L4 = (y.L4 ^ sign) - sign;
        y.L5 = (y.L5 ^ sign) - sign;
        y.L6 = (y.L6 ^ sign) - sign;
        y.L7 = (y.L7 ^ sign) - sign;
        y.L8 = (y.L8 ^ sign) - sign;
    }

    /// <summary>y₂ − y₁ + 2p for signed ordinates: tight, below 4p.</summary>
    [MethodImpl(Inline)]
    public static void SubtractOrdinates(in FqLanes y2, in FqLanes y1, out FqLanes result)
    {
        FqLanes sum;
        sum.L0 = y2.L0 - y1.L0 + Twice(P.P0);
        sum.L1 = y2.L1 - y1.L1 + Twice(P.P1);
        sum.L2 = y2.L2 - y1.L2 + Twice(P.P2);
        sum.L3 = y2.L3 - y1.L3 + Twice(P.P3);
        sum.L4 = y2.L4 - y1.L4 + Twice(P.P4);
        sum.L5 = y2.L5 - y1.L5 + Twice(P.P5);
        sum.L6 = y2.L6 - y1.L6 + Twice(P.P6);
        sum.L7 = y2.L7 - y1.L7 + Twice(P.P7);
        sum.L8 = y2.L8 - y1.L8 + Twice(P.P8);
        FqLanes.Tighten(in sum, out result);
    }

    /// <summary>square − x₁ − x₂ + 2p for a product: tight, below 3.1·p.</summary>
    [MethodImpl(Inline)]
    public static void SubtractAbscissae(in FqLanes square, in FqLanes x1, in FqLanes x2, out FqLanes result)
    {
        FqLanes sum;
        sum.L0 = square.L0 + (Twice(P.P0) - (x1.L0 + x2.L0));
        sum.L1 = square.L1 + (Twice(P.P1) - (x1.L1 + x2.L1));
        sum.L2 = square.L2 + (Twice(P.P2) - (x1.L2 + x2.L2));
        sum.L3 = square.L3 + (Twice(P.P3) - (x1.L3 + x2.L3));
        sum.L4 = square.L4 + (Twice(P.P4) - (x1.L4 + x2.L4));
        sum.L5 = square.L5 + (Twice(P.P5) - (x1.L5 + x2.L5));
        sum.L6 = square.L6 + (Twice(P.P6) - (x1.L6 + x2.L6));
        sum.L7 = square.L7 + (Twice(P.P7) - (x1.L7 + x2.L7));
        sum.L8 = square.L8 + (Twice(P.P8) - (x1.L8 + x2.L8));
        FqLanes.Tighten(in sum, out result);
    }

    /// <summary>rise − y₁ + p for a product and a signed ordinate: tight, below 3.1·p.</summary>
    [MethodImpl(Inline)]
    public static void SubtractOrdinate(in FqLanes rise, in FqLanes y1, out FqLanes result)
    {
        FqLanes sum;
        sum.L0 = rise.L0 - y1.L0 + P.P0.AsUInt64();
        sum.L1 = rise.L1 - y1.L1 + P.P1.AsUInt64();
        sum.L2 = rise.L2 - y1.L2 + P.P2.AsUInt64();
        sum.L3 = rise.L3 - y1.L3 + P.P3.AsUInt64();
        sum.L4 = rise.L4 - y1.L4 + P.P4.AsUInt64();
        sum.L5 = rise.L5 - y1.L5 + P.P5.AsUInt64();
        sum.L6 = rise.L6 - y1.L6 + P.P6.AsUInt64();
        sum.L7 = rise.L7 - y1.L7 + P.P7.AsUInt64();
        sum.L8 = rise.L8 - y1.L8 + P.P8.AsUInt64();
        FqLanes.Tighten(in sum, out result);
    }

    /// <summary>Stores points whose coordinates are tight and below 4p, reduced below p.</summary>
    [MethodImpl(Inline)]
    public static void Store(nuint* destination, in FqLanes x, in FqLanes y)
    {
        Reduce(in x, out Vector512<ulong> x0, out Vector512<ulong> x1, out Vector512<ulong> x2, out Vector512<ulong> x3);
        Reduce(in y, out Vector512<ulong> y0, out Vector512<ulong> y1, out Vector512<ulong> y2, out Vector512<ulong> y3);
        PointLanes.Store(destination, x0, x1, x2, x3, y0, y1, y2, y3);
    }

    [MethodImpl(Inline)]
    private static void Reduce(
        in FqLanes value, out Vector512<ulong> w0, out Vector512<ulong> w1, out Vector512<ulong> w2, out Vector512<ulong> w3)
    {
        LanePairs pairs, p, twice;
        pairs.W0 = value.L0 | (value.L1 << 29);
        pairs.W1 = value.L2 | (value.L3 << 29);
        pairs.W2 = value.L4 | (value.L5 << 29);
        pairs.W3 = value.L6 | (value.L7 << 29);
        pairs.W4 = value.L8;
        p.W0 = P.Pair0;
        p.W1 = P.Pair1;
        p.W2 = P.Pair2;
        p.W3 = P.Pair3;
        p.W4 = P.Pair4;

        twice.W0 = Vector512.Create(Two0 & PairMask);
        twice.W1 = Vector512.Create(((Two0 >> 58) | (Two1 << 6)) & PairMask);
        twice.W2 = Vector512.Create(((Two1 >> 52) | (Two2 << 12)) & PairMask);
        twice.W3 = Vector512.Create(((Two2 >> 46) | (Two3 << 18)) & PairMask);
        twice.W4 = Vector512.Create(Two3 >> 40);
        pairs.SubtractOnce(in twice);
        pairs.SubtractOnce(in p);
        w0 = pairs.W0 | (pairs.W1 << 58);
        w1 = (pairs.W1 >>> 6) | (pairs.W2 << 52);
        w2 = (pairs.W2 >>> 12) | (pairs.W3 << 46);
        w3 = (pairs.W3 >>> 18) | (pairs.W4 << 40);
    }

    [MethodImpl(Inline)]
    private static Vector512<ulong> Twice(Vector512<uint> limb) => limb.AsUInt64() << 1;
}
