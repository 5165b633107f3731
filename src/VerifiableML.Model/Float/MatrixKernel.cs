using System.Numerics;
using System.Numerics.Tensors;

namespace VerifiableML.Model.Float;

/// <summary>Products of matrices, row-major.</summary>
internal static class MatrixKernel
{
    /// <summary>
    /// <c>result[m, n] = Σ_k left[m, k] · right[k, n]</c>, or with <c>right[n, k]</c> where <paramref name="transposeRight"/>. The
    /// number of
    /// rows follows from the lengths.
    /// </summary>
    public static void Multiply<T>(ReadOnlySpan<T> left, ReadOnlySpan<T> right, Span<T> result, int inner, int columns, bool transposeRight)
        where T : struct, INumber<T>
    {
        for (int m = 0; m < result.Length / columns; m++)
        {
            ReadOnlySpan<T> row = left.Slice(m * inner, inner);
            Span<T> target = result.Slice(m * columns, columns);
            if (transposeRight)
            {
                for (int n = 0; n < columns; n++)
                {
                    target[n] = TensorPrimitives.Dot<T>(row, right.Slice(n * inner, inner));
                }

                continue;
            }

            target.Clear();
            for (int k = 0; k < inner; k++)
            {
                TensorPrimitives.MultiplyAdd(right.Slice(k * columns, columns), row[k], target, target);
            }
        }
    }
}
