using ILGPU;
using VerifiableML.Gpu.Fields;

namespace VerifiableML.Gpu.Groups.Kernels;

/// <summary>The points of all buckets, one bucket after the other.</summary>
/// <param name="Keys">Which bucket.</param>
/// <param name="Points">Which point; see <see cref="DigitKernels.NegativeBit"/>.</param>
internal readonly record struct BucketEntries(ArrayView<int> Keys, ArrayView<uint> Points);

/// <summary>Sums of some of the points of buckets, in the order of the buckets.</summary>
/// <param name="Keys">Which bucket, or <see cref="BucketKernels.NoBucket"/>.</param>
/// <param name="Sums">The sums.</param>
internal readonly record struct BucketParts(ArrayView<int> Keys, ArrayView<DeviceSum> Sums);

/// <summary>
/// The sums of the buckets, from their lists one after the other. Each thread takes as many entries as any other, whosever they are, so
/// that a bucket that has nearly all the points costs no more than many small ones. A bucket whose entries all lie within one thread's share
/// is done; of the first and the last in a share only a part may be known, and these parts are merged in the same way until one thread has them all.
/// </summary>
internal static class BucketKernels
{
    /// <summary>A part that is none.</summary>
    public const int NoBucket = -1;

    /// <summary>Adds up shares of the entries. Thread t's parts are 2t and 2t + 1.</summary>
    [Kernel]
    public static void AddPoints(
        BucketEntries entries, ArrayView<int> count, ArrayView<DevicePoint> bases, int share, int threads, ArrayView<DeviceSum> buckets,
        BucketParts parts)
    {
        int thread = Grid.GlobalIndex.X;
        if (thread >= threads)
        {
            return;
        }

        int first = thread * share;
        int end = IntrinsicMath.Min(first + share, count[0]);
        int key = NoBucket;
        int runs = 0;
        DeviceSum sum = default;
        for (int i = first; i < end; i++)
        {
            int next = entries.Keys[i];
            if (next != key)
            {
                Put(key, runs, sum, 2 * thread, buckets, parts);
                runs++;
                key = next;
                sum = default;
            }

            uint entry = entries.Points[i];
            DevicePoint point = bases[(long)(entry & ~DigitKernels.NegativeBit)];
            sum = PointArithmetic.AddAffine(sum, PointArithmetic.NegateIf((entry & DigitKernels.NegativeBit) != 0, point));
        }

        PutLast(key, runs, sum, 2 * thread, parts);
    }

    /// <summary>Merges shares of the parts.</summary>
    [Kernel]
    public static void AddParts(
        BucketParts source, int count, int share, int threads, ArrayView<DeviceSum> buckets, BucketParts parts)
    {
        int thread = Grid.GlobalIndex.X;
        if (thread >= threads)
        {
            return;
        }

        int end = IntrinsicMath.Min((thread + 1) * share, count);
        int key = NoBucket;
        int runs = 0;
        DeviceSum sum = default;
        for (int i = thread * share; i < end; i++)
        {
            int next = source.Keys[i];
            if (next == NoBucket)
            {
                continue;
            }

            if (next != key)
            {
                Put(key, runs, sum, 2 * thread, buckets, parts);
                runs++;
                key = next;
                sum = default;
            }

            sum = PointArithmetic.Add(sum, source.Sums[i]);
        }

        PutLast(key, runs, sum, 2 * thread, parts);
    }

    /// <summary>The end of <see cref="AddParts"/>: adds parts to their buckets, which have nothing of them yet, by one thread.</summary>
    [Kernel]
    public static void PutParts(BucketParts source, int count, ArrayView<DeviceSum> buckets)
    {
        if (Grid.GlobalIndex.X != 0)
        {
            return;
        }

        for (int i = 0; i < count; i++)
        {
            int key = source.Keys[i];
            if (key != NoBucket)
            {
                buckets[key] = PointArithmetic.Add(buckets[key], source.Sums[i]);
            }
        }
    }

    /// <summary>The sums of stretches, and their weighted sums: Σ (k + 1)·term_k over k from 0 to <paramref name="stretch"/> − 1.</summary>
    [Kernel]
    public static void SumWeighted(
        ArrayView<DeviceSum> terms, int stretch, int threads, ArrayView<DeviceSum> sums, ArrayView<DeviceSum> weighted)
    {
        int thread = Grid.GlobalIndex.X;
        if (thread >= threads)
        {
            return;
        }

        DeviceSum sum = default;
        DeviceSum total = default;
        for (int k = stretch - 1; k >= 0; k--)
        {
            sum = PointArithmetic.Add(sum, terms[(thread * stretch) + k]);
            total = PointArithmetic.Add(total, sum);
        }

        sums[thread] = sum;
        weighted[thread] = total;
    }

    /// <summary>The sums of stretches.</summary>
    [Kernel]
    public static void Sum(ArrayView<DeviceSum> terms, int stretch, int threads, ArrayView<DeviceSum> sums)
    {
        int thread = Grid.GlobalIndex.X;
        if (thread >= threads)
        {
            return;
        }

        DeviceSum sum = default;
        for (int k = 0; k < stretch; k++)
        {
            sum = PointArithmetic.Add(sum, terms[(thread * stretch) + k]);
        }

        sums[thread] = sum;
    }

    /// <summary>What becomes of a run that another one follows: the first may have begun in the share before.</summary>
    private static void Put(int key, int runs, DeviceSum sum, int part, ArrayView<DeviceSum> buckets, BucketParts parts)
    {
        if (runs == 1)
        {
            parts.Keys[part] = key;
            parts.Sums[part] = sum;
        }
        else if (runs > 1)
        {
            buckets[key] = sum;
        }
    }

    /// <summary>What becomes of the last run: it may go on in the next share, and be the first as well.</summary>
    private static void PutLast(int key, int runs, DeviceSum sum, int part, BucketParts parts)
    {
        if (runs < 2)
        {
            parts.Keys[part + 1] = NoBucket;
        }

        if (runs == 0)
        {
            parts.Keys[part] = NoBucket;
        }
        else
        {
            int place = part + (runs > 1 ? 1 : 0);
            parts.Keys[place] = key;
            parts.Sums[place] = sum;
        }
    }
}
