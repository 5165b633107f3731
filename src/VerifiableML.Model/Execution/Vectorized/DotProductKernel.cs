using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace VerifiableML.Model.Execution.Vectorized;

/// <summary>
/// The innermost loops of convolutions and dense layers: dot products over vectors of <c>L = Vector&lt;double&gt;.Count</c> doubles. A panel holds
/// four rows of equal length, interleaved vector by vector: row 0's first L numbers, row 1's first L, …, row 0's second L, and so on.
/// </summary>
internal static class DotProductKernel
{
    /// <summary>Rows of a panel.</summary>
    public const int PanelRows = 4;

    /// <summary>Number of vectors that hold <paramref name="length"/> numbers.</summary>
    public static int VectorsFor(int length) => (length + Vector<double>.Count - 1) / Vector<double>.Count;

    /// <summary>
    /// <c>sums[r · stride + o] += ⟨a_r, w_o⟩</c> for the four rows <c>r</c> of panel <paramref name="a"/> and the four <c>o</c> of <paramref name="w"/>.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddProducts(ReadOnlySpan<Vector<double>> a, ReadOnlySpan<Vector<double>> w, Span<double> sums, int stride)
    {
        // Sixteen running sums stay in registers; each step loads eight vectors for sixteen multiply-adds.
        Vector<double> s00 = default, s01 = default, s02 = default, s03 = default;
        Vector<double> s10 = default, s11 = default, s12 = default, s13 = default;
        Vector<double> s20 = default, s21 = default, s22 = default, s23 = default;
        Vector<double> s30 = default, s31 = default, s32 = default, s33 = default;
        for (int i = 0; i + PanelRows <= a.Length; i += PanelRows)
        {
            ReadOnlySpan<Vector<double>> ai = a.Slice(i, PanelRows);
            ReadOnlySpan<Vector<double>> wi = w.Slice(i, PanelRows);
            Vector<double> w0 = wi[0], w1 = wi[1], w2 = wi[2], w3 = wi[3];
            Vector<double> row = ai[0];
            s00 = Vector.FusedMultiplyAdd(row, w0, s00);
            s01 = Vector.FusedMultiplyAdd(row, w1, s01);
            s02 = Vector.FusedMultiplyAdd(row, w2, s02);
            s03 = Vector.FusedMultiplyAdd(row, w3, s03);
            row = ai[1];
            s10 = Vector.FusedMultiplyAdd(row, w0, s10);
            s11 = Vector.FusedMultiplyAdd(row, w1, s11);
            s12 = Vector.FusedMultiplyAdd(row, w2, s12);
            s13 = Vector.FusedMultiplyAdd(row, w3, s13);
            row = ai[2];
            s20 = Vector.FusedMultiplyAdd(row, w0, s20);
            s21 = Vector.FusedMultiplyAdd(row, w1, s21);
            s22 = Vector.FusedMultiplyAdd(row, w2, s22);
            s23 = Vector.FusedMultiplyAdd(row, w3, s23);
            row = ai[3];
            s30 = Vector.FusedMultiplyAdd(row, w0, s30);
            s31 = Vector.FusedMultiplyAdd(row, w1, s31);
            s32 = Vector.FusedMultiplyAdd(row, w2, s32);
            s33 = Vector.FusedMultiplyAdd(row, w3, s33);
        }

        AddRow(sums, s00, s01, s02, s03);
        AddRow(sums[stride..], s10, s11, s12, s13);
        AddRow(sums[(2 * stride)..], s20, s21, s22, s23);
        AddRow(sums[(3 * stride)..], s30, s31, s32, s33);
    }

    /// <summary><c>⟨a, w⟩</c> of one row with integer weights, for layers that use each weight once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Product(ReadOnlySpan<double> a, ReadOnlySpan<int> w)
    {
        ReadOnlySpan<Vector<int>> weights = MemoryMarshal.Cast<int, Vector<int>>(w);
        ReadOnlySpan<Vector<double>> values = MemoryMarshal.Cast<double, Vector<double>>(a[..w.Length]);
        Vector<double> even = default;
        Vector<double> odd = default;
        for (int i = 0; i < weights.Length; i++)
        {
            Vector.Widen(weights[i], out Vector<long> low, out Vector<long> high);
            ReadOnlySpan<Vector<double>> pair = values.Slice(2 * i, 2);
            even = Vector.FusedMultiplyAdd(Vector.ConvertToDouble(low), pair[0], even);
            odd = Vector.FusedMultiplyAdd(Vector.ConvertToDouble(high), pair[1], odd);
        }

        double sum = Vector.Sum(even + odd);
        for (int i = weights.Length * Vector<int>.Count; i < w.Length; i++)
        {
            sum += a[i] * w[i];
        }

        return sum;
    }

    /// <summary>Writes integers into row <paramref name="row"/> of a panel, with zeros behind them.</summary>
    public static void PackRow(ReadOnlySpan<int> values, Span<Vector<double>> panel, int row)
    {
        ReadOnlySpan<Vector<int>> vectors = MemoryMarshal.Cast<int, Vector<int>>(values);
        for (int i = 0; i < vectors.Length; i++)
        {
            Vector.Widen(vectors[i], out Vector<long> low, out Vector<long> high);
            panel[(2 * i * PanelRows) + row] = Vector.ConvertToDouble(low);
            panel[(((2 * i) + 1) * PanelRows) + row] = Vector.ConvertToDouble(high);
        }

        Span<double> numbers = MemoryMarshal.Cast<Vector<double>, double>(panel);
        int lanes = Vector<double>.Count;
        for (int k = vectors.Length * Vector<int>.Count; k < panel.Length / PanelRows * lanes; k++)
        {
            numbers[(((k / lanes * PanelRows) + row) * lanes) + (k % lanes)] = k < values.Length ? values[k] : 0;
        }
    }

    /// <summary>Writes vectors into row <paramref name="row"/> of a panel.</summary>
    public static void PackRow(ReadOnlySpan<Vector<double>> values, Span<Vector<double>> panel, int row)
    {
        for (int i = 0; i < values.Length; i++)
        {
            panel[(i * PanelRows) + row] = values[i];
        }
    }

    private static void AddRow(Span<double> sums, Vector<double> s0, Vector<double> s1, Vector<double> s2, Vector<double> s3)
    {
        sums[3] += Vector.Sum(s3);
        sums[2] += Vector.Sum(s2);
        sums[1] += Vector.Sum(s1);
        sums[0] += Vector.Sum(s0);
    }
}
