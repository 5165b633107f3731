using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace VerifiableML.Algebra.Vectors;

/// <summary>
/// Σ a·b over pairs of factors, lane by lane and without any reduction: a product costs about two fifths of a modular multiplication.
/// After at most <see cref="Capacity"/> products the sum has to be drained.
/// </summary>
[SkipLocalsInit]
internal struct ProductSum
{
    /// <summary>Products that fit: a column grows by at most 10·2^52 each.</summary>
    public const int Capacity = 128;

    private Vector512<ulong> _c0, _c1, _c2, _c3, _c4, _c5, _c6, _c7, _c8, _c9;
    private int _count;

    /// <summary>sum += a·b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Add(ref ProductSum sum, in LaneFactor a, in LaneFactor b)
    {
        // In local variables, so that they stay in registers during the 25 products.
        Vector512<ulong> c0 = sum._c0, c1 = sum._c1, c2 = sum._c2, c3 = sum._c3, c4 = sum._c4;
        Vector512<ulong> c5 = sum._c5, c6 = sum._c6, c7 = sum._c7, c8 = sum._c8, c9 = sum._c9;
        LaneProduct.Add(in a, in b, ref c0, ref c1, ref c2, ref c3, ref c4, ref c5, ref c6, ref c7, ref c8, ref c9);
        sum._c0 = c0;
        sum._c1 = c1;
        sum._c2 = c2;
        sum._c3 = c3;
        sum._c4 = c4;
        sum._c5 = c5;
        sum._c6 = c6;
        sum._c7 = c7;
        sum._c8 = c8;
        sum._c9 = c9;
        sum._count++;
    }

    /// <summary>Adds the sum over all lanes to <paramref name="sums"/>, in radix 2^52, and starts again at zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void DrainTo(ref ColumnSums sums)
    {
        if (_count == 0)
        {
            return;
        }

        ulong n = (ulong)_count;
        Vector512<ulong> carry = Vector512<ulong>.Zero;
        sums[0] += Column(_c0, n, LaneProduct.Bias0, ref carry);
        sums[1] += Column(_c1, n, LaneProduct.Bias1, ref carry);
        sums[2] += Column(_c2, n, LaneProduct.Bias2, ref carry);
        sums[3] += Column(_c3, n, LaneProduct.Bias3, ref carry);
        sums[4] += Column(_c4, n, LaneProduct.Bias4, ref carry);
        sums[5] += Column(_c5, n, LaneProduct.Bias5, ref carry);
        sums[6] += Column(_c6, n, LaneProduct.Bias6, ref carry);
        sums[7] += Column(_c7, n, LaneProduct.Bias7, ref carry);
        sums[8] += Column(_c8, n, LaneProduct.Bias8, ref carry);
        sums[9] += Vector512.Sum(_c9 - Vector512.Create(unchecked(n * LaneProduct.Bias9)) + carry);
        this = default;
    }

    /// <summary>The sum over the lanes of a column without its bias; all but its low limb goes to the next column.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Column(Vector512<ulong> column, ulong products, ulong bias, ref Vector512<ulong> carry)
    {
        Vector512<ulong> value = column - Vector512.Create(unchecked(products * bias)) + carry;
        carry = value >>> LaneBits.LimbBits;
        return Vector512.Sum(value & LaneBits.LimbMask);
    }
}
