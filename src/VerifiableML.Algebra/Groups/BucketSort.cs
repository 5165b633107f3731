using System.Runtime.CompilerServices;

namespace VerifiableML.Algebra.Groups;

/// <summary>Counting sort of digits by bucket.</summary>
internal static unsafe class BucketSort
{
    /// <summary>Brings the entries of each bucket together, in their original order.</summary>
    /// <param name="buckets">Bucket of each entry.</param>
    /// <param name="entries">index · 2 + sign of each entry.</param>
    /// <param name="count">Number of entries.</param>
    /// <param name="ends">One place for each bucket; receives where in <paramref name="sorted"/> the bucket ends (and the next begins).</param>
    /// <param name="sorted">Receives the entries.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Sort(uint* buckets, uint* entries, int count, Span<int> ends, uint* sorted)
    {
        ends.Clear();
        fixed (int* cursor = ends)
        {
            for (int i = 0; i < count; i++)
            {
                cursor[buckets[i]]++;
            }

            int start = 0;
            for (int bucket = 0; bucket < ends.Length; bucket++)
            {
                int length = cursor[bucket];
                cursor[bucket] = start;
                start += length;
            }

            for (int i = 0; i < count; i++)
            {
                sorted[cursor[buckets[i]]++] = entries[i];
            }
        }
    }
}
