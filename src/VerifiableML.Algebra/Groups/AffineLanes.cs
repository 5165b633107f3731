using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using VerifiableML.Algebra.Vectors;
using FqLanes = VerifiableML.Algebra.Vectors.Lanes<VerifiableML.Algebra.BaseModulus>;
using Modulus = VerifiableML.Algebra.Vectors.LaneModulus<VerifiableML.Algebra.BaseModulus>;

namespace VerifiableML.Algebra.Groups;

/// <summary>
/// The parts of an affine addition around its products, eight points at a time. Coordinates come from memory below p; products are
/// tight and below 1.2·p; what is in between says its range.
/// </summary>
internal static unsafe class AffineLanes
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    /// <summary>x₂ − x₁ + 2p as a factor.</summary>
    /// <returns>Bit k set where the points of lane k have the same x or one of them is infinity.</returns>
    [MethodImpl(Inline)]
    public static byte LoadDifference(nuint* left, nuint* right, out LaneFactor difference)
    {
        PointLanes.Load(left, 0, out Vector512<ulong> a0, out Vector512<ulong> a1, out Vector512<ulong> a2, out Vector512<ulong> a3);
        PointLanes.Load(right, 0, out Vector512<ulong> b0, out Vector512<ulong> b1, out Vector512<ulong> b2, out Vector512<ulong> b3);
        FromWords(a0, a1, a2, a3, out FqLanes x1);
        FromWords(b0, b1, b2, b3, out FqLanes x2);
        Subtract(in x2, in x1, out difference);

        Vector512<ulong> unequal = (a0 ^ b0) | (a1 ^ b1) | (a2 ^ b2) | (a3 ^ b3);
        Vector512<ulong> infinity = Vector512.Create(PackedPoint.InfinityMark);
        Vector512<ulong> special =
            Vector512.Equals(unequal, Vector512<ulong>.Zero) | Vector512.Equals(a3, infinity) | Vector512.Equals(b3, infinity);
        return (byte)special.ExtractMostSignificantBits();
    }

    /// <summary>The number at a word of each point, tight, below p: in G1, x at 0 and y, without its reference's sign, at 4.</summary>
    [MethodImpl(Inline)]
    public static void LoadUnsigned(nuint* references, int offset, out FqLanes x)
    {
        PointLanes.Load(references, offset, out Vector512<ulong> w0, out Vector512<ulong> w1, out Vector512<ulong> w2, out Vector512<ulong> w3);
        FromWords(w0, w1, w2, w3, out x);
    }

    /// <summary>
    /// The number at a word of each point with its reference's sign: limbs of absolute value below 2^52, all of that sign; the value is above
    /// −p and below p. In G1, y is at 4.
    /// </summary>
    [MethodImpl(Inline)]
    public static void LoadSigned(nuint* references, int offset, out FqLanes y)
    {
        PointLanes.Load(references, offset, out Vector512<ulong> w0, out Vector512<ulong> w1, out Vector512<ulong> w2, out Vector512<ulong> w3);
        FromWords(w0, w1, w2, w3, out y);
        Vector512<ulong> sign = Vector512<ulong>.Zero - (Vector512.Load((ulong*)references) & Vector512<ulong>.One);
        y.L0 = (y.L0 ^ sign) - sign;
        y.L1 = (y.L1 ^ sign) - sign;
        y.L2 = (y.L2 ^ sign) - sign;
        y.L3 = (y.L3 ^ sign) - sign;
        y.L4 = (y.L4 ^ sign) - sign;
    }

    /// <summary>a − b + 2p as a factor, for b below a + 2p.</summary>
    [MethodImpl(Inline)]
    public static void Subtract(in FqLanes a, in FqLanes b, out LaneFactor result)
    {
        FqLanes.Subtract(in a, in b, out FqLanes difference);
        FqLanes.Tighten(in difference, out difference);
        FqLanes.ToFactor(in difference, out result);
    }

    /// <summary>3a, tight, for a tight a.</summary>
    [MethodImpl(Inline)]
    public static void Triple(in FqLanes a, out FqLanes result)
    {
        FqLanes.Add(in a, in a, out FqLanes sum);
        FqLanes.AddTight(in sum, in a, out result);
    }

    /// <summary>The abscissa of the sum, square − x₁ − x₂ for the square of the slope: tight, below 2p.</summary>
    [MethodImpl(Inline)]
    public static void SubtractAbscissae(in FqLanes square, in FqLanes x1, in FqLanes x2, out FqLanes result)
    {
        FqLanes.Add(in x1, in x2, out FqLanes sum);
        FqLanes.Subtract(in square, in sum, out sum);
        FqLanes.Tighten(in sum, out sum);
        ReduceByTwiceModulus(in sum, out result);
    }

    /// <summary>The ordinate of the sum, rise − y₁ for a product and a signed ordinate: tight, below 2p.</summary>
    [MethodImpl(Inline)]
    public static void SubtractOrdinate(in FqLanes rise, in FqLanes y1, out FqLanes result)
    {
        FqLanes sum;
        sum.L0 = rise.L0 - y1.L0 + Modulus.P0;
        sum.L1 = rise.L1 - y1.L1 + Modulus.P1;
        sum.L2 = rise.L2 - y1.L2 + Modulus.P2;
        sum.L3 = rise.L3 - y1.L3 + Modulus.P3;
        sum.L4 = rise.L4 - y1.L4 + Modulus.P4;
        FqLanes.Tighten(in sum, out sum);
        ReduceByTwiceModulus(in sum, out result);
    }

    /// <summary>Stores a cache line of each point: two numbers, tight and below 2p, which are reduced below p. In G1, x and y.</summary>
    [MethodImpl(Inline)]
    public static void Store(nuint* destination, int offset, in FqLanes x, in FqLanes y)
    {
        FqLanes.ReduceOnce(in x, out FqLanes a);
        FqLanes.ReduceOnce(in y, out FqLanes b);
        PointLanes.Store(
            destination, offset,
            a.L0 | (a.L1 << 52), (a.L1 >>> 12) | (a.L2 << 40), (a.L2 >>> 24) | (a.L3 << 28), (a.L3 >>> 36) | (a.L4 << 16),
            b.L0 | (b.L1 << 52), (b.L1 >>> 12) | (b.L2 << 40), (b.L2 >>> 24) | (b.L3 << 28), (b.L3 >>> 36) | (b.L4 << 16));
    }

    [MethodImpl(Inline)]
    private static void FromWords(
        Vector512<ulong> w0, Vector512<ulong> w1, Vector512<ulong> w2, Vector512<ulong> w3, out FqLanes result)
    {
        Vector512<ulong> mask = LaneBits.LimbMask;
        result.L0 = w0 & mask;
        result.L1 = LaneBits.OrAnd(w0 >>> 52, w1 << 12, mask);
        result.L2 = LaneBits.OrAnd(w1 >>> 40, w2 << 24, mask);
        result.L3 = LaneBits.OrAnd(w2 >>> 28, w3 << 36, mask);
        result.L4 = w3 >>> 16;
    }

    /// <summary>a − 2p in the lanes where a is at least 2p, else a, for a tight a.</summary>
    [MethodImpl(Inline)]
    private static void ReduceByTwiceModulus(in FqLanes a, out FqLanes result)
    {
        Vector512<ulong> mask = LaneBits.LimbMask;
        Vector512<ulong> d0 = a.L0 - Modulus.Twice0;
        Vector512<ulong> d1 = a.L1 - Modulus.Twice1 + LaneBits.Carry(d0);
        Vector512<ulong> d2 = a.L2 - Modulus.Twice2 + LaneBits.Carry(d1);
        Vector512<ulong> d3 = a.L3 - Modulus.Twice3 + LaneBits.Carry(d2);
        Vector512<ulong> d4 = a.L4 - Modulus.Twice4 + LaneBits.Carry(d3);
        Vector512<ulong> keep = LaneBits.Sign(d4);
        result.L0 = Vector512.ConditionalSelect(keep, a.L0, d0 & mask);
        result.L1 = Vector512.ConditionalSelect(keep, a.L1, d1 & mask);
        result.L2 = Vector512.ConditionalSelect(keep, a.L2, d2 & mask);
        result.L3 = Vector512.ConditionalSelect(keep, a.L3, d3 & mask);
        result.L4 = Vector512.ConditionalSelect(keep, a.L4, d4);
    }
}
