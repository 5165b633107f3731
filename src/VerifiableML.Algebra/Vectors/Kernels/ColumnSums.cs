using System.Numerics;
using System.Runtime.CompilerServices;
using Arithmetic = VerifiableML.Algebra.Montgomery<VerifiableML.Algebra.ScalarModulus>;

namespace VerifiableML.Algebra.Vectors;

/// <summary>The exact integer Σ column[k]·2^(radix·k), the radix being known to whoever fills it: how sums leave the lanes.</summary>
[InlineArray(Count)]
internal struct ColumnSums : IAdditionOperators<ColumnSums, ColumnSums, ColumnSums>
{
    /// <summary>Enough for a product of two factors of five limbs.</summary>
    public const int Count = 10;

    // Ten columns of 52 bits end at bit 520; what is above them, and one word to spill into.
    private const int Words = 12;

    private Int128 _column0;

    private readonly bool IsZero
    {
        get
        {
            Int128 any = 0;
            for (int k = 0; k < Count; k++)
            {
                any |= this[k];
            }

            return any == 0;
        }
    }

    public static ColumnSums operator +(ColumnSums left, ColumnSums right)
    {
        for (int k = 0; k < Count; k++)
        {
            left[k] += right[k];
        }

        return left;
    }

    /// <summary>The element whose Montgomery form is congruent to the integer.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly Fr ToMontgomeryForm(int radix)
    {
        if (IsZero)
        {
            return Fr.Zero;
        }

        Span<ulong> words = stackalloc ulong[Words];
        if (Pack(radix, negate: false, words))
        {
            return Reduce(words);
        }

        Pack(radix, negate: true, words);
        return -Reduce(words);
    }

    /// <summary>x0 + x1·R + x2·R² modulo r with R = 2^256; a Montgomery product with R^(k+1) multiplies by R^k.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Fr Reduce(ReadOnlySpan<ulong> words)
    {
        Limbs x0 = new(words[0], words[1], words[2], words[3]);
        Limbs x1 = new(words[4], words[5], words[6], words[7]);
        Limbs x2 = new(words[8], words[9], words[10], words[11]);
        Limbs rCubed = Arithmetic.Multiply(ScalarModulus.RSquared, ScalarModulus.RSquared);
        Limbs sum = Arithmetic.Add(Arithmetic.Multiply(ScalarModulus.One, x0), Arithmetic.Multiply(ScalarModulus.RSquared, x1));
        sum = Arithmetic.Add(sum, Arithmetic.Multiply(rCubed, x2));
        return new Fr(sum.L0, sum.L1, sum.L2, sum.L3);
    }

    /// <summary>The integer, or its negative, as 64-bit words; false where that is below zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly bool Pack(int radix, bool negate, Span<ulong> words)
    {
        words.Clear();
        ulong mask = (1UL << radix) - 1;
        Int128 carry = 0;
        for (int k = 0; k < Count; k++)
        {
            carry += negate ? -this[k] : this[k];
            Place(words, radix * k, (ulong)carry & mask);
            carry >>= radix;
        }

        Place(words, radix * Count, (ulong)carry);
        Place(words, (radix * Count) + 64, (ulong)(carry >> 64));
        return carry >= 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Place(Span<ulong> words, int bit, ulong value)
    {
        int shift = bit % 64;
        words[bit / 64] |= value << shift;
        if (shift != 0)
        {
            words[(bit / 64) + 1] |= value >> (64 - shift);
        }
    }
}

/// <summary>Two sums taken in one pass.</summary>
internal struct ColumnSumPair : IAdditionOperators<ColumnSumPair, ColumnSumPair, ColumnSumPair>
{
    public ColumnSums First;
    public ColumnSums Second;

    public static ColumnSumPair operator +(ColumnSumPair left, ColumnSumPair right) =>
        new() { First = left.First + right.First, Second = left.Second + right.Second };
}

/// <summary>The sums of a round of fractions, as <see cref="VectorFieldKernels.FractionRound"/> splits them.</summary>
internal struct FractionSums : IAdditionOperators<FractionSums, FractionSums, FractionSums>
{
    /// <summary>Σ w·H at the lower halves and at the differences, where H was computed as it stands.</summary>
    public ColumnSumPair Whole;

    /// <summary>Σ w·d0·d1, still to be multiplied by λ, where the rest of H vanishes or is in <see cref="LowerSum"/>.</summary>
    public ColumnSumPair Denominators;

    /// <summary>Σ w·(d0 + d1), which is the rest of H where both numerators are one.</summary>
    public ColumnSums LowerSum;

    public static FractionSums operator +(FractionSums left, FractionSums right) => new()
    {
        Whole = left.Whole + right.Whole,
        Denominators = left.Denominators + right.Denominators,
        LowerSum = left.LowerSum + right.LowerSum,
    };
}
