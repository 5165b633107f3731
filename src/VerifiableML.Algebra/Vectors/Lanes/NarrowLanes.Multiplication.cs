using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace VerifiableML.Algebra.Vectors;

internal partial struct NarrowLanes<TModulus>
{
    /// <summary>
    /// a·b/2^261 modulo p, tight and below a·b/2^261 + p. Column by column (product scanning): t sums column k of a·b and of m·p, where
    /// m's limb k is chosen so that the column becomes divisible by 2^29.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(in NarrowLanes<TModulus> a, in NarrowLanes<TModulus> b, out NarrowLanes<TModulus> result)
    {
        Vector512<uint> p0 = NarrowLaneModulus<TModulus>.P0, p1 = NarrowLaneModulus<TModulus>.P1, p2 = NarrowLaneModulus<TModulus>.P2;
        Vector512<uint> p3 = NarrowLaneModulus<TModulus>.P3, p4 = NarrowLaneModulus<TModulus>.P4, p5 = NarrowLaneModulus<TModulus>.P5;
        Vector512<uint> p6 = NarrowLaneModulus<TModulus>.P6, p7 = NarrowLaneModulus<TModulus>.P7, p8 = NarrowLaneModulus<TModulus>.P8;
        Vector512<uint> a0 = a.L0.AsUInt32(), a1 = a.L1.AsUInt32(), a2 = a.L2.AsUInt32(), a3 = a.L3.AsUInt32();
        Vector512<uint> a4 = a.L4.AsUInt32(), a5 = a.L5.AsUInt32(), a6 = a.L6.AsUInt32(), a7 = a.L7.AsUInt32(), a8 = a.L8.AsUInt32();
        Vector512<uint> b0 = b.L0.AsUInt32(), b1 = b.L1.AsUInt32(), b2 = b.L2.AsUInt32(), b3 = b.L3.AsUInt32();
        Vector512<uint> b4 = b.L4.AsUInt32(), b5 = b.L5.AsUInt32(), b6 = b.L6.AsUInt32(), b7 = b.L7.AsUInt32(), b8 = b.L8.AsUInt32();

        Vector512<ulong> t = M(a0, b0);
        Vector512<uint> m0 = Quotient(t);
        t = (t + M(m0, p0)) >>> 29;
        t += M(a0, b1) + M(a1, b0);
        t += M(m0, p1);
        Vector512<uint> m1 = Quotient(t);
        t = (t + M(m1, p0)) >>> 29;
        t += M(a0, b2) + M(a1, b1) + M(a2, b0);
        t += M(m0, p2) + M(m1, p1);
        Vector512<uint> m2 = Quotient(t);
        t = (t + M(m2, p0)) >>> 29;
        t += M(a0, b3) + M(a1, b2) + M(a2, b1) + M(a3, b0);
        t += M(m0, p3) + M(m1, p2) + M(m2, p1);
        Vector512<uint> m3 = Quotient(t);
        t = (t + M(m3, p0)) >>> 29;
        t += M(a0, b4) + M(a1, b3) + M(a2, b2) + M(a3, b1) + M(a4, b0);
        t += M(m0, p4) + M(m1, p3) + M(m2, p2) + M(m3, p1);
        Vector512<uint> m4 = Quotient(t);
        t = (t + M(m4, p0)) >>> 29;
        t += M(a0, b5) + M(a1, b4) + M(a2, b3) + M(a3, b2) + M(a4, b1) + M(a5, b0);
        t += M(m0, p5) + M(m1, p4) + M(m2, p3) + M(m3, p2) + M(m4, p1);
        Vector512<uint> m5 = Quotient(t);
        t = (t + M(m5, p0)) >>> 29;
        t += M(a0, b6) + M(a1, b5) + M(a2, b4) + M(a3, b3) + M(a4, b2) + M(a5, b1) + M(a6, b0);
        t += M(m0, p6) + M(m1, p5) + M(m2, p4) + M(m3, p3) + M(m4, p2) + M(m5, p1);
        Vector512<uint> m6 = Quotient(t);
        t = (t + M(m6, p0)) >>> 29;
        t += M(a0, b7) + M(a1, b6) + M(a2, b5) + M(a3, b4) + M(a4, b3) + M(a5, b2) + M(a6, b1) + M(a7, b0);
        t += M(m0, p7) + M(m1, p6) + M(m2, p5) + M(m3, p4) + M(m4, p3) + M(m5, p2) + M(m6, p1);
        Vector512<uint> m7 = Quotient(t);
        t = (t + M(m7, p0)) >>> 29;
        t += M(a0, b8) + M(a1, b7) + M(a2, b6) + M(a3, b5) + M(a4, b4) + M(a5, b3) + M(a6, b2) + M(a7, b1) + M(a8, b0);
        t += M(m0, p8) + M(m1, p7) + M(m2, p6) + M(m3, p5) + M(m4, p4) + M(m5, p3) + M(m6, p2) + M(m7, p1);
        Vector512<uint> m8 = Quotient(t);
        t = (t + M(m8, p0)) >>> 29;
        t += M(a1, b8) + M(a2, b7) + M(a3, b6) + M(a4, b5) + M(a5, b4) + M(a6, b3) + M(a7, b2) + M(a8, b1);
        t += M(m1, p8) + M(m2, p7) + M(m3, p6) + M(m4, p5) + M(m5, p4) + M(m6, p3) + M(m7, p2) + M(m8, p1);
        result.L0 = t & LimbMask;
        t >>>= 29;
        t += M(a2, b8) + M(a3, b7) + M(a4, b6) + M(a5, b5) + M(a6, b4) + M(a7, b3) + M(a8, b2);
        t += M(m2, p8) + M(m3, p7) + M(m4, p6) + M(m5, p5) + M(m6, p4) + M(m7, p3) + M(m8, p2);
        result.L1 = t & LimbMask;
        t >>>= 29;
        t += M(a3, b8) + M(a4, b7) + M(a5, b6) + M(a6, b5) + M(a7, b4) + M(a8, b3);
        t += M(m3, p8) + M(m4, p7) + M(m5, p6) + M(m6, p5) + M(m7, p4) + M(m8, p3);
        result.L2 = t & LimbMask;
        t >>>= 29;
        t += M(a4, b8) + M(a5, b7) + M(a6, b6) + M(a7, b5) + M(a8, b4);
        t += M(m4, p8) + M(m5, p7) + M(m6, p6) + M(m7, p5) + M(m8, p4);
        result.L3 = t & LimbMask;
        t >>>= 29;
        t += M(a5, b8) + M(a6, b7) + M(a7, b6) + M(a8, b5);
        t += M(m5, p8) + M(m6, p7) + M(m7, p6) + M(m8, p5);
        result.L4 = t & LimbMask;
        t >>>= 29;
        t += M(a6, b8) + M(a7, b7) + M(a8, b6);
        t += M(m6, p8) + M(m7, p7) + M(m8, p6);
        result.L5 = t & LimbMask;
        t >>>= 29;
        t += M(a7, b8) + M(a8, b7);
        t += M(m7, p8) + M(m8, p7);
        result.L6 = t & LimbMask;
        t >>>= 29;
        t += M(a8, b8);
        t += M(m8, p8);
        result.L7 = t & LimbMask;
        t >>>= 29;
        result.L8 = t;
    }

    /// <summary>a²/2^261 modulo p, as <see cref="Multiply"/> with the products above the diagonal taken once and doubled.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Square(in NarrowLanes<TModulus> a, out NarrowLanes<TModulus> result)
    {
        Vector512<uint> p0 = NarrowLaneModulus<TModulus>.P0, p1 = NarrowLaneModulus<TModulus>.P1, p2 = NarrowLaneModulus<TModulus>.P2;
        Vector512<uint> p3 = NarrowLaneModulus<TModulus>.P3, p4 = NarrowLaneModulus<TModulus>.P4, p5 = NarrowLaneModulus<TModulus>.P5;
        Vector512<uint> p6 = NarrowLaneModulus<TModulus>.P6, p7 = NarrowLaneModulus<TModulus>.P7, p8 = NarrowLaneModulus<TModulus>.P8;
        Vector512<uint> a0 = a.L0.AsUInt32(), a1 = a.L1.AsUInt32(), a2 = a.L2.AsUInt32(), a3 = a.L3.AsUInt32();
        Vector512<uint> a4 = a.L4.AsUInt32(), a5 = a.L5.AsUInt32(), a6 = a.L6.AsUInt32(), a7 = a.L7.AsUInt32(), a8 = a.L8.AsUInt32();
        Vector512<uint> d0 = a0 << 1, d1 = a1 << 1, d2 = a2 << 1, d3 = a3 << 1;
        Vector512<uint> d4 = a4 << 1, d5 = a5 << 1, d6 = a6 << 1, d7 = a7 << 1;

        Vector512<ulong> t = M(a0, a0);
        Vector512<uint> m0 = Quotient(t);
        t = (t + M(m0, p0)) >>> 29;
        t += M(d0, a1);
        t += M(m0, p1);
        Vector512<uint> m1 = Quotient(t);
        t = (t + M(m1, p0)) >>> 29;
        t += M(d0, a2) + M(a1, a1);
        t += M(m0, p2) + M(m1, p1);
        Vector512<uint> m2 = Quotient(t);
        t = (t + M(m2, p0)) >>> 29;
        t += M(d0, a3) + M(d1, a2);
        t += M(m0, p3) + M(m1, p2) + M(m2, p1);
        Vector512<uint> m3 = Quotient(t);
        t = (t + M(m3, p0)) >>> 29;
        t += M(d0, a4) + M(d1, a3) + M(a2, a2);
        t += M(m0, p4) + M(m1, p3) + M(m2, p2) + M(m3, p1);
        Vector512<uint> m4 = Quotient(t);
        t = (t + M(m4, p0)) >>> 29;
        t += M(d0, a5) + M(d1, a4) + M(d2, a3);
        t += M(m0, p5) + M(m1, p4) + M(m2, p3) + M(m3, p2) + M(m4, p1);
        Vector512<uint> m5 = Quotient(t);
        t = (t + M(m5, p0)) >>> 29;
        t += M(d0, a6) + M(d1, a5) + M(d2, a4) + M(a3, a3);
        t += M(m0, p6) + M(m1, p5) + M(m2, p4) + M(m3, p3) + M(m4, p2) + M(m5, p1);
        Vector512<uint> m6 = Quotient(t);
        t = (t + M(m6, p0)) >>> 29;
        t += M(d0, a7) + M(d1, a6) + M(d2, a5) + M(d3, a4);
        t += M(m0, p7) + M(m1, p6) + M(m2, p5) + M(m3, p4) + M(m4, p3) + M(m5, p2) + M(m6, p1);
        Vector512<uint> m7 = Quotient(t);
        t = (t + M(m7, p0)) >>> 29;
        t += M(d0, a8) + M(d1, a7) + M(d2, a6) + M(d3, a5) + M(a4, a4);
        t += M(m0, p8) + M(m1, p7) + M(m2, p6) + M(m3, p5) + M(m4, p4) + M(m5, p3) + M(m6, p2) + M(m7, p1);
        Vector512<uint> m8 = Quotient(t);
        t = (t + M(m8, p0)) >>> 29;
        t += M(d1, a8) + M(d2, a7) + M(d3, a6) + M(d4, a5);
        t += M(m1, p8) + M(m2, p7) + M(m3, p6) + M(m4, p5) + M(m5, p4) + M(m6, p3) + M(m7, p2) + M(m8, p1);
        result.L0 = t & LimbMask;
        t >>>= 29;
        t += M(d2, a8) + M(d3, a7) + M(d4, a6) + M(a5, a5);
        t += M(m2, p8) + M(m3, p7) + M(m4, p6) + M(m5, p5) + M(m6, p4) + M(m7, p3) + M(m8, p2);
        result.L1 = t & LimbMask;
        t >>>= 29;
        t += M(d3, a8) + M(d4, a7) + M(d5, a6);
        t += M(m3, p8) + M(m4, p7) + M(m5, p6) + M(m6, p5) + M(m7, p4) + M(m8, p3);
        result.L2 = t & LimbMask;
        t >>>= 29;
        t += M(d4, a8) + M(d5, a7) + M(a6, a6);
        t += M(m4, p8) + M(m5, p7) + M(m6, p6) + M(m7, p5) + M(m8, p4);
        result.L3 = t & LimbMask;
        t >>>= 29;
        t += M(d5, a8) + M(d6, a7);
        t += M(m5, p8) + M(m6, p7) + M(m7, p6) + M(m8, p5);
        result.L4 = t & LimbMask;
        t >>>= 29;
        t += M(d6, a8) + M(a7, a7);
        t += M(m6, p8) + M(m7, p7) + M(m8, p6);
        result.L5 = t & LimbMask;
        t >>>= 29;
        t += M(d7, a8);
        t += M(m7, p8) + M(m8, p7);
        result.L6 = t & LimbMask;
        t >>>= 29;
        t += M(a8, a8);
        t += M(m8, p8);
        result.L7 = t & LimbMask;
        t >>>= 29;
        result.L8 = t;
    }

    /// <summary>The product of the low 32 bits of every lane, 64 bits wide.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ulong> M(Vector512<uint> a, Vector512<uint> b) => Avx512F.Multiply(a, b);

    /// <summary>The m below 2^29 for which t + m·p is divisible by 2^29.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<uint> Quotient(Vector512<ulong> t) =>
        (Avx512F.Multiply(t.AsUInt32(), NarrowLaneModulus<TModulus>.NegatedInverse) & LimbMask).AsUInt32();
}
