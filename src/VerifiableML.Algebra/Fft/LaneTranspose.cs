using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace VerifiableML.Algebra.Fft;

/// <summary>Eight vectors of eight words, as the rows of a square that can be turned over: word k of row j goes to word j of row k.</summary>
internal struct LaneTranspose
{
    public Vector512<ulong> R0, R1, R2, R3, R4, R5, R6, R7;

    /// <summary>Loads eight rows, which begin <paramref name="step"/> words apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneTranspose Load(ref readonly ulong origin, nuint step)
    {
        LaneTranspose rows;
        rows.R0 = Vector512.LoadUnsafe(in origin);
        rows.R1 = Vector512.LoadUnsafe(in origin, step);
        rows.R2 = Vector512.LoadUnsafe(in origin, 2 * step);
        rows.R3 = Vector512.LoadUnsafe(in origin, 3 * step);
        rows.R4 = Vector512.LoadUnsafe(in origin, 4 * step);
        rows.R5 = Vector512.LoadUnsafe(in origin, 5 * step);
        rows.R6 = Vector512.LoadUnsafe(in origin, 6 * step);
        rows.R7 = Vector512.LoadUnsafe(in origin, 7 * step);
        return rows;
    }

    /// <summary>Stores the rows in their order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Store(ref ulong origin, nuint step)
    {
        R0.StoreUnsafe(ref origin);
        R1.StoreUnsafe(ref origin, step);
        R2.StoreUnsafe(ref origin, 2 * step);
        R3.StoreUnsafe(ref origin, 3 * step);
        R4.StoreUnsafe(ref origin, 4 * step);
        R5.StoreUnsafe(ref origin, 5 * step);
        R6.StoreUnsafe(ref origin, 6 * step);
        R7.StoreUnsafe(ref origin, 7 * step);
    }

    /// <summary>
    /// Stores the square with rows and columns in bit-reversed order (0, 4, 2, 6, 1, 5, 3, 7), given that it was turned over before:
    /// row j of what is stored is row rev(j), and its word k is what was word rev(k) of that row.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void StoreReversed(ref ulong origin, nuint step)
    {
        Vector512<ulong> order = Vector512.Create(0UL, 4, 2, 6, 1, 5, 3, 7);
        Avx512F.PermuteVar8x64(R0, order).StoreUnsafe(ref origin);
        Avx512F.PermuteVar8x64(R4, order).StoreUnsafe(ref origin, step);
        Avx512F.PermuteVar8x64(R2, order).StoreUnsafe(ref origin, 2 * step);
        Avx512F.PermuteVar8x64(R6, order).StoreUnsafe(ref origin, 3 * step);
        Avx512F.PermuteVar8x64(R1, order).StoreUnsafe(ref origin, 4 * step);
        Avx512F.PermuteVar8x64(R5, order).StoreUnsafe(ref origin, 5 * step);
        Avx512F.PermuteVar8x64(R3, order).StoreUnsafe(ref origin, 6 * step);
        Avx512F.PermuteVar8x64(R7, order).StoreUnsafe(ref origin, 7 * step);
    }

    /// <summary>Turns the square over, in three rounds that exchange neighbours, pairs and halves.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly LaneTranspose TurnOver()
    {
        // Words of two rows alternate: a0 = (r0.0 r1.0 | r0.2 r1.2 | r0.4 r1.4 | r0.6 r1.6), a1 = the odd words.
        Vector512<ulong> a0 = Avx512F.UnpackLow(R0, R1), a1 = Avx512F.UnpackHigh(R0, R1);
        Vector512<ulong> a2 = Avx512F.UnpackLow(R2, R3), a3 = Avx512F.UnpackHigh(R2, R3);
        Vector512<ulong> a4 = Avx512F.UnpackLow(R4, R5), a5 = Avx512F.UnpackHigh(R4, R5);
        Vector512<ulong> a6 = Avx512F.UnpackLow(R6, R7), a7 = Avx512F.UnpackHigh(R6, R7);

        // Pairs 0 and 2, or 1 and 3, of two of them: b0 = words 0 and 4 of rows 0 … 3.
        const byte Even = 0b10_00_10_00, Odd = 0b11_01_11_01;
        Vector512<ulong> b0 = Avx512F.Shuffle4x128(a0, a2, Even), b1 = Avx512F.Shuffle4x128(a1, a3, Even);
        Vector512<ulong> b2 = Avx512F.Shuffle4x128(a0, a2, Odd), b3 = Avx512F.Shuffle4x128(a1, a3, Odd);
        Vector512<ulong> b4 = Avx512F.Shuffle4x128(a4, a6, Even), b5 = Avx512F.Shuffle4x128(a5, a7, Even);
        Vector512<ulong> b6 = Avx512F.Shuffle4x128(a4, a6, Odd), b7 = Avx512F.Shuffle4x128(a5, a7, Odd);

        LaneTranspose turned;
        turned.R0 = Avx512F.Shuffle4x128(b0, b4, Even);
        turned.R1 = Avx512F.Shuffle4x128(b1, b5, Even);
        turned.R2 = Avx512F.Shuffle4x128(b2, b6, Even);
        turned.R3 = Avx512F.Shuffle4x128(b3, b7, Even);
        turned.R4 = Avx512F.Shuffle4x128(b0, b4, Odd);
        turned.R5 = Avx512F.Shuffle4x128(b1, b5, Odd);
        turned.R6 = Avx512F.Shuffle4x128(b2, b6, Odd);
        turned.R7 = Avx512F.Shuffle4x128(b3, b7, Odd);
        return turned;
    }
}
