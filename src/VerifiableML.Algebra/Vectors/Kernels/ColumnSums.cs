using System.Numerics;
using System.Runtime.CompilerServices;

namespace VerifiableML.Algebra.Vectors;

/// <summary>The exact integer Σ column[k]·2^(radix·k), the radix being known to whoever fills it: how sums leave the lanes.</summary>
[InlineArray(Count)]
internal struct ColumnSums : IAdditionOperators<ColumnSums, ColumnSums, ColumnSums>
{
    /// <summary>Enough for a product of two factors of five limbs.</summary>
    public const int Count = 10;

    private Int128 _column0;

    public static ColumnSums operator +(ColumnSums left, ColumnSums right)
    {
        for (int k = 0; k < Count; k++)
        {
            left[k] += right[k];
        }

        return left;
    }

    /// <summary>The element whose Montgomery form is congruent to the integer.</summary>
    public readonly Fr ToMontgomeryForm(int radix)
    {
        Fr shift = Fr.FromUInt64(1UL << radix);
        Fr sum = Fr.Zero;
        for (int k = Count - 1; k >= 0; k--)
        {
            sum = (sum * shift) + MontgomeryForm(this[k]);
        }

        return sum;
    }

    private static Fr MontgomeryForm(Int128 value)
    {
        UInt128 magnitude = value < 0 ? (UInt128)(-value) : (UInt128)value;
        Fr element = new((ulong)magnitude, (ulong)(magnitude >> 64), 0, 0);
        return value < 0 ? -element : element;
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
