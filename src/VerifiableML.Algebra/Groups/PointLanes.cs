using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace VerifiableML.Algebra.Groups;

/// <summary>Moves eight packed points, wherever they lie, between memory and lanes: word j of point k is lane k of register j.</summary>
internal static unsafe class PointLanes
{
    /// <summary>Byte k of these controls says which 128-bit quarter of which operand becomes quarter k.</summary>
    private const byte EvenQuarters = 0b10_00_10_00;
    private const byte OddQuarters = 0b11_01_11_01;

    /// <summary>Loads a number of four words of each of eight points: in G1, x is at <paramref name="offset"/> 0 and y at 4.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Load(
        nuint* references, int offset,
        out Vector512<ulong> w0, out Vector512<ulong> w1, out Vector512<ulong> w2, out Vector512<ulong> w3)
    {
        Vector512<ulong> r02 = Halves(references[0], references[2], offset);
        Vector512<ulong> r13 = Halves(references[1], references[3], offset);
        Vector512<ulong> r46 = Halves(references[4], references[6], offset);
        Vector512<ulong> r57 = Halves(references[5], references[7], offset);
        Vector512<ulong> even0123 = Avx512F.UnpackLow(r02, r13);    // w0 of 0 1, w2 of 0 1, w0 of 2 3, w2 of 2 3
        Vector512<ulong> odd0123 = Avx512F.UnpackHigh(r02, r13);    // w1 of 0 1, w3 of 0 1, w1 of 2 3, w3 of 2 3
        Vector512<ulong> even4567 = Avx512F.UnpackLow(r46, r57);
        Vector512<ulong> odd4567 = Avx512F.UnpackHigh(r46, r57);
        w0 = Avx512F.Shuffle4x128(even0123, even4567, EvenQuarters);
        w1 = Avx512F.Shuffle4x128(odd0123, odd4567, EvenQuarters);
        w2 = Avx512F.Shuffle4x128(even0123, even4567, OddQuarters);
        w3 = Avx512F.Shuffle4x128(odd0123, odd4567, OddQuarters);
    }

    /// <summary>Stores a cache line of each of eight points from word <paramref name="offset"/> on: in G1, x and y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(
        nuint* destinations, int offset,
        Vector512<ulong> x0, Vector512<ulong> x1, Vector512<ulong> x2, Vector512<ulong> x3,
        Vector512<ulong> y0, Vector512<ulong> y1, Vector512<ulong> y2, Vector512<ulong> y3)
    {
        StoreEverySecond(
            destinations, offset, Avx512F.UnpackLow(x0, x1), Avx512F.UnpackLow(x2, x3), Avx512F.UnpackLow(y0, y1), Avx512F.UnpackLow(y2, y3));
        StoreEverySecond(
            destinations + 1, offset, Avx512F.UnpackHigh(x0, x1), Avx512F.UnpackHigh(x2, x3), Avx512F.UnpackHigh(y0, y1), Avx512F.UnpackHigh(y2, y3));
    }

    /// <summary>Quarter k of the operands, side by side, is the point for destination 2k.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreEverySecond(
        nuint* destinations, int offset, Vector512<ulong> a, Vector512<ulong> b, Vector512<ulong> c, Vector512<ulong> d)
    {
        Vector512<ulong> ab02 = Avx512F.Shuffle4x128(a, b, EvenQuarters);   // a0 a2 b0 b2
        Vector512<ulong> ab13 = Avx512F.Shuffle4x128(a, b, OddQuarters);
        Vector512<ulong> cd02 = Avx512F.Shuffle4x128(c, d, EvenQuarters);
        Vector512<ulong> cd13 = Avx512F.Shuffle4x128(c, d, OddQuarters);
        Avx512F.Shuffle4x128(ab02, cd02, EvenQuarters).StoreAligned((ulong*)destinations[0] + offset);
        Avx512F.Shuffle4x128(ab13, cd13, EvenQuarters).StoreAligned((ulong*)destinations[2] + offset);
        Avx512F.Shuffle4x128(ab02, cd02, OddQuarters).StoreAligned((ulong*)destinations[4] + offset);
        Avx512F.Shuffle4x128(ab13, cd13, OddQuarters).StoreAligned((ulong*)destinations[6] + offset);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ulong> Halves(nuint lower, nuint upper, int offset) => Vector512.Create(
        Vector256.LoadAligned(PointReference.Address(lower) + offset), Vector256.LoadAligned(PointReference.Address(upper) + offset));
}
