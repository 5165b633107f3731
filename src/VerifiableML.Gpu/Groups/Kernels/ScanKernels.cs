using ILGPU;

namespace VerifiableML.Gpu.Groups.Kernels;

/// <summary>
/// Exclusive prefix sums of counters in three steps: the sums of stretches, the same of those sums until one thread suffices, and down again.
/// </summary>
internal static class ScanKernels
{
    /// <summary>Counters of a stretch.</summary>
    public const int Stretch = 64;

    /// <summary>sums[t] = the sum of stretch t.</summary>
    [Kernel]
    public static void SumStretches(ArrayView<int> counts, int length, ArrayView<int> sums)
    {
        int first = Grid.GlobalIndex.X * Stretch;
        if (first >= length)
        {
            return;
        }

        int end = IntrinsicMath.Min(first + Stretch, length);
        int sum = 0;
        for (int i = first; i < end; i++)
        {
            sum += counts[i];
        }

        sums[Grid.GlobalIndex.X] = sum;
    }

    /// <summary>Replaces the counters of each stretch by the sum of all before, given what comes before each stretch.</summary>
    [Kernel]
    public static void ScanStretches(ArrayView<int> counts, int length, ArrayView<int> before)
    {
        int first = Grid.GlobalIndex.X * Stretch;
        if (first >= length)
        {
            return;
        }

        int end = IntrinsicMath.Min(first + Stretch, length);
        int sum = before[Grid.GlobalIndex.X];
        for (int i = first; i < end; i++)
        {
            int count = counts[i];
            counts[i] = sum;
            sum += count;
        }
    }
}
