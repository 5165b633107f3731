using System.Numerics.Tensors;

namespace VerifiableML.Model.Float;

/// <summary>Products of matrices, row-major.</summary>
internal static class MatrixKernel
{
    /// <summary>
    /// <c>result[m, n] = Σ_k left[m, k] · right[k, n]</c>, or with <c>right[n, k]</c> where <paramref name="transposeRight"/>. The number of
    /// rows follows from the lengths.
    /// </summary>
    public static void Multiply(
        ReadOnlySpan<float> left, ReadOnlySpan<float> right, Span<float> result, int inner, int columns, bool transposeRight)
    {
        for (int m = 0; m < result.Length / columns; m++)
        {
            ReadOnlySpan<float> row = left.Slice(m * inner, inner);
            Span<float> target = result.Slice(m * columns, columns);
            if (transposeRight)
            {
                for (int n = 0; n < columns; n++)
                {
                    target[n] = TensorPrimitives.Dot(row, right.Slice(n * inner, inner));
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
