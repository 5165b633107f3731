using VerifiableML.Model.Quantized;

namespace VerifiableML.Model.Execution.Reference;

/// <summary>Accumulators of a <see cref="ProductNode"/>, by its formula.</summary>
internal static class ProductOperator
{
    /// <summary>Cell by cell <c>left · right</c>.</summary>
    public static long[] Accumulate(int[] left, int[] right)
    {
        var accumulators = new long[left.Length];
        for (int i = 0; i < left.Length; i++)
        {
            accumulators[i] = (long)left[i] * right[i];
        }

        return accumulators;
    }
}
