using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using VerifiableML.Algebra.Vectors;
using FqLanes = VerifiableML.Algebra.Vectors.Lanes<VerifiableML.Algebra.BaseModulus>;

namespace VerifiableML.Algebra.Groups;

/// <summary>
/// The parts of an affine addition in G2 around its products, eight points at a time: what <see cref="AffineLanes"/> is for G1, applied to both
/// parts of the coordinates.
/// </summary>
internal static unsafe class TwistLanes
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    // Where the parts of the coordinates are in a packed point.
    private const int X0 = 0;
    private const int X1 = 4;
    private const int Y0 = 8;
    private const int Y1 = 12;

    /// <summary>Bit k set where the points of lane k have the same x or one of them is infinity.</summary>
    [MethodImpl(Inline)]
    public static byte FindSpecial(nuint* left, nuint* right)
    {
        PointLanes.Load(left, X0, out Vector512<ulong> a0, out Vector512<ulong> a1, out Vector512<ulong> a2, out Vector512<ulong> a3);
        PointLanes.Load(right, X0, out Vector512<ulong> b0, out Vector512<ulong> b1, out Vector512<ulong> b2, out Vector512<ulong> b3);
        Vector512<ulong> infinity = Vector512.Create(PackedPoint.InfinityMark);
        Vector512<ulong> infinite = Vector512.Equals(a3, infinity) | Vector512.Equals(b3, infinity);
        Vector512<ulong> unequal = (a0 ^ b0) | (a1 ^ b1) | (a2 ^ b2) | (a3 ^ b3);
        Vector512<ulong> equal = Vector512.Equals(unequal, Vector512<ulong>.Zero);
        if ((infinite | equal) == Vector512<ulong>.Zero)
        {
            return 0;
        }

        PointLanes.Load(left, X1, out a0, out a1, out a2, out a3);
        PointLanes.Load(right, X1, out b0, out b1, out b2, out b3);
        unequal |= (a0 ^ b0) | (a1 ^ b1) | (a2 ^ b2) | (a3 ^ b3);
        return (byte)(infinite | Vector512.Equals(unequal, Vector512<ulong>.Zero)).ExtractMostSignificantBits();
    }

    /// <summary>x, tight, parts below p.</summary>
    [MethodImpl(Inline)]
    public static void LoadAbscissae(nuint* references, out QuadraticLanes x)
    {
        AffineLanes.LoadUnsigned(references, X0, out x.C0);
        AffineLanes.LoadUnsigned(references, X1, out x.C1);
    }

    /// <summary>y without its reference's sign, tight, parts below p.</summary>
    [MethodImpl(Inline)]
    public static void LoadUnsignedOrdinates(nuint* references, out QuadraticLanes y)
    {
        AffineLanes.LoadUnsigned(references, Y0, out y.C0);
        AffineLanes.LoadUnsigned(references, Y1, out y.C1);
    }

    /// <summary>y with its reference's sign; see <see cref="AffineLanes.LoadSigned"/>.</summary>
    [MethodImpl(Inline)]
    public static void LoadOrdinates(nuint* references, out QuadraticLanes y)
    {
        AffineLanes.LoadSigned(references, Y0, out y.C0);
        AffineLanes.LoadSigned(references, Y1, out y.C1);
    }

    /// <summary>a + b, tight, for tight a and b.</summary>
    [MethodImpl(Inline)]
    public static void Add(in QuadraticLanes a, in QuadraticLanes b, out QuadraticLanes result)
    {
        FqLanes.AddTight(in a.C0, in b.C0, out result.C0);
        FqLanes.AddTight(in a.C1, in b.C1, out result.C1);
    }

    /// <summary>a − b + 2p, tight, for b up to a + 2p.</summary>
    [MethodImpl(Inline)]
    public static void Subtract(in QuadraticLanes a, in QuadraticLanes b, out QuadraticLanes result)
    {
        FqLanes.SubtractTight(in a.C0, in b.C0, out result.C0);
        FqLanes.SubtractTight(in a.C1, in b.C1, out result.C1);
    }

    /// <summary>
    /// The third point of the line through (x₁, ±y₁) and a point with x₂, mirrored and stored; the slope's parts are tight and below 2p.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Complete(
        in QuadraticLanes slope, in QuadraticLanes x1, in QuadraticLanes x2, in QuadraticLanes y1, out QuadraticLanes x3, out QuadraticLanes y3)
    {
        // x₃ = λ² − x₁ − x₂, y₃ = λ·(x₁ − x₃) − y₁
        QuadraticLanes.Square(in slope, out QuadraticLanes square);
        AffineLanes.SubtractAbscissae(in square.C0, in x1.C0, in x2.C0, out x3.C0);
        AffineLanes.SubtractAbscissae(in square.C1, in x1.C1, in x2.C1, out x3.C1);
        Subtract(in x1, in x3, out QuadraticLanes run);
        QuadraticLanes.ToFactor(in run, out QuadraticFactor runFactor);
        QuadraticLanes.Multiply(in slope, in runFactor, out QuadraticLanes rise);
        AffineLanes.SubtractOrdinate(in rise.C0, in y1.C0, out y3.C0);
        AffineLanes.SubtractOrdinate(in rise.C1, in y1.C1, out y3.C1);
    }

    /// <summary>Stores points whose coordinates' parts are tight and below 2p, reduced below p.</summary>
    [MethodImpl(Inline)]
    public static void Store(nuint* destination, in QuadraticLanes x, in QuadraticLanes y)
    {
        AffineLanes.Store(destination, X0, in x.C0, in x.C1);
        AffineLanes.Store(destination, Y0, in y.C0, in y.C1);
    }
}
