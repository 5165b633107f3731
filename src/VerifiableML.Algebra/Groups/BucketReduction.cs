using System.Runtime.CompilerServices;

namespace VerifiableML.Algebra.Groups;

/// <summary>
/// From bucket sums S₁ … S_B, B = 2^k, to the few points that make up Σ d·S_d, for many bucket sets at once, by independent additions only.
/// With A_i = S_{i+1}: <c>Σ (i+1)·A_i = Σ A_i + Σ_j 2^j·T_j</c>, where T_j is the sum of the A_i whose index has bit j set. Folding the
/// upper half of A onto the lower one leaves the same problem at half the size, and the upper half, which is not needed any more but
/// for its sum T_{k−1}, is summed up in place by the following rounds: k rounds and 2·B additions in all, as many as the usual chain
/// of running sums, which however allows no batches.
/// </summary>
internal static unsafe class BucketReduction
{
    /// <summary>Reduces in place: afterwards A_0 is the sum of all, and A_{2^j} is T_j.</summary>
    /// <param name="buckets">The bucket sets, one after the other.</param>
    /// <param name="sets">Number of bucket sets.</param>
    /// <param name="size">Buckets in a set, a power of two.</param>
    /// <param name="words">Words of a point.</param>
    /// <param name="additions">Carries out the additions.</param>
    public static void Reduce(ulong* buckets, int sets, int size, int words, AdditionList additions)
    {
        for (int half = size / 2; half >= 1; half /= 2)
        {
            for (int set = 0; set < sets; set++)
            {
                ulong* first = buckets + ((nuint)set * (nuint)size * (nuint)words);
                Fold(first, half, words, additions);
                for (int upper = 2 * half; upper < size; upper *= 2)
                {
                    Fold(first + ((nuint)upper * (nuint)words), half, words, additions);
                }
            }

            additions.Flush();
        }
    }

    /// <summary>points[i] += points[i + half] for i &lt; half. Infinity is common here (empty buckets) and is not worth an addition.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Fold(ulong* points, int half, int words, AdditionList additions)
    {
        ulong* left = points;
        ulong* right = points + ((nuint)half * (nuint)words);
        for (int i = 0; i < half; i++, left += words, right += words)
        {
            if (PackedPoint.IsInfinity(right))
            {
                continue;
            }

            if (PackedPoint.IsInfinity(left))
            {
                PackedPoint.Copy(PointReference.To(right), left, words);
            }
            else
            {
                additions.Add(PointReference.To(left), PointReference.To(right), left);
            }
        }
    }
}
