using ILGPU;
using ILGPU.Runtime;
using VerifiableML.Gpu.Groups.Kernels;
using VerifiableML.Gpu.Vectors;

namespace VerifiableML.Gpu.Groups;

/// <summary>The sums that are left of a problem's buckets for the host, as <see cref="ProblemSums"/> understands them.</summary>
/// <param name="Pieces">Sums of a problem in each of the three.</param>
/// <param name="FirstStretch">Buckets that one sum of the first round stands for.</param>
/// <param name="SecondStretch">Sums of the first round that one of the second stands for; one where there was no second.</param>
/// <param name="Plain">The plain sums of the last round.</param>
/// <param name="Weighted">Its weighted sums.</param>
/// <param name="Carried">Sums of the first round's weighted sums; empty where there was no second round.</param>
internal sealed record ReducedBuckets(
    int Pieces, int FirstStretch, int SecondStretch, DeviceSum[] Plain, DeviceSum[] Weighted, DeviceSum[] Carried);

/// <summary>
/// Pippenger's bucket method on a device, from scalars to a few sums for each problem: the host starts kernels one after the other on one
/// stream and waits once, for the result.
/// </summary>
/// <param name="vectors">The device's memory and kernels.</param>
/// <param name="operands">Takes back the memory of one run.</param>
/// <param name="plan">How the scalars are cut.</param>
internal sealed class BucketPipeline(GpuVectors vectors, Operands operands, DigitPlan plan)
{
    // Threads that fill a large device a few times over: with fewer entries than that for each, the shares become shorter, not fewer.
    private const int WantedThreads = 1 << 18;
    private const int LeastShare = 8;
    private const int MostShare = 64;
    private const int PartShare = 16;
    private const int LastParts = 16;
    private const int LongestStretch = 32;
    private const int FewPieces = 8;

    // Registers, not threads, are what a group of point additions runs out of.
    private const int MostThreadsOfGroup = 128;

    private AcceleratorStream Stream => vectors.Device.Stream;

    /// <summary>Runs on scalars in the form of field elements.</summary>
    public ReducedBuckets RunElements(ArrayView<DevicePoint> bases, DeviceSlice scalars)
    {
        ArrayView<int> counts = ClearedCounts();
        vectors.Kernels.Launch(Grid(plan.Scalars), DigitKernels.CountElements, scalars, plan, counts);
        Scan(counts);
        BucketEntries entries = Entries();
        vectors.Kernels.Launch(Grid(plan.Scalars), DigitKernels.PlaceElements, scalars, plan, counts, entries);
        return AddUp(bases, counts, entries);
    }

    /// <summary>Runs on rows of signed integers.</summary>
    public ReducedBuckets RunIntegers(ArrayView<DevicePoint> bases, ArrayView<int> matrix)
    {
        ArrayView<int> counts = ClearedCounts();
        vectors.Kernels.Launch(Grid(plan.Scalars), DigitKernels.CountIntegers, matrix, plan, counts);
        Scan(counts);
        BucketEntries entries = Entries();
        vectors.Kernels.Launch(Grid(plan.Scalars), DigitKernels.PlaceIntegers, matrix, plan, counts, entries);
        return AddUp(bases, counts, entries);
    }

    /// <summary>One counter more than buckets: once scanned, the last one is the number of entries.</summary>
    private ArrayView<int> ClearedCounts()
    {
        ArrayView<int> counts = operands.Scratch<int>(plan.Buckets + 1);
        counts.MemSetToZero(Stream);
        return counts;
    }

    private BucketEntries Entries() => new(operands.Scratch<int>(plan.MaximumEntries), operands.Scratch<uint>(plan.MaximumEntries));

    /// <summary>Replaces counters by the sum of those before them.</summary>
    private void Scan(ArrayView<int> counts)
    {
        var levels = new List<ArrayView<int>> { counts };
        while (levels[^1].Length > 1)
        {
            ArrayView<int> below = levels[^1];
            ArrayView<int> sums = operands.Scratch<int>(Shares((int)below.Length, ScanKernels.Stretch));
            vectors.Kernels.Launch(Grid((int)sums.Length), ScanKernels.SumStretches, below, (int)below.Length, sums);
            levels.Add(sums);
        }

        // The level of one sum becomes what comes before everything: nothing.
        levels[^1].MemSetToZero(Stream);
        for (int level = levels.Count - 2; level >= 0; level--)
        {
            ArrayView<int> before = levels[level + 1];
            vectors.Kernels.Launch(Grid((int)before.Length), ScanKernels.ScanStretches, levels[level], (int)levels[level].Length, before);
        }
    }

    /// <summary>From the lists of the buckets' entries, and where each begins, to sums of buckets.</summary>
    private ReducedBuckets AddUp(ArrayView<DevicePoint> bases, ArrayView<int> starts, BucketEntries entries)
    {
        ArrayView<DeviceSum> buckets = operands.Scratch<DeviceSum>(plan.Buckets);
        buckets.MemSetToZero(Stream);
        int share = Math.Clamp(Shares(plan.MaximumEntries, WantedThreads), LeastShare, MostShare);
        int threads = Shares(plan.MaximumEntries, share);
        BucketParts parts = Parts(2 * threads);

        // Placing has moved each start to the next one's place, but the last counter is still the number of entries.
        vectors.Kernels.Launch(
            Grid(threads), BucketKernels.AddPoints, entries, starts.SubView(plan.Buckets, 1), bases, share, threads, buckets, parts);
        Merge(buckets, parts, 2 * threads);
        return Reduce(buckets);
    }

    private void Merge(ArrayView<DeviceSum> buckets, BucketParts parts, int count)
    {
        BucketParts next = Parts(2 * Shares(count, PartShare));
        while (count > LastParts)
        {
            int threads = Shares(count, PartShare);
            vectors.Kernels.Launch(Grid(threads), BucketKernels.AddParts, parts, count, PartShare, threads, buckets, next);
            (parts, next) = (next, parts);
            count = 2 * threads;
        }

        vectors.Kernels.Launch(Grid(1), BucketKernels.PutParts, parts, count, buckets);
    }

    private ReducedBuckets Reduce(ArrayView<DeviceSum> buckets)
    {
        int first = Math.Min(plan.BucketsInProblem, LongestStretch);
        int pieces = plan.BucketsInProblem / first;
        (ArrayView<DeviceSum> plain, ArrayView<DeviceSum> weighted) = SumWeighted(buckets, first);
        if (pieces <= FewPieces)
        {
            return new ReducedBuckets(pieces, first, 1, Read(plain), Read(weighted), []);
        }

        int second = Math.Min(pieces, LongestStretch);
        (ArrayView<DeviceSum> lastPlain, ArrayView<DeviceSum> lastWeighted) = SumWeighted(plain, second);
        int threads = (int)weighted.Length / second;
        ArrayView<DeviceSum> carried = operands.Scratch<DeviceSum>(threads);
        vectors.Kernels.Launch(Grid(threads), BucketKernels.Sum, weighted, second, threads, carried);
        return new ReducedBuckets(pieces / second, first, second, Read(lastPlain), Read(lastWeighted), Read(carried));
    }

    private (ArrayView<DeviceSum> Plain, ArrayView<DeviceSum> Weighted) SumWeighted(ArrayView<DeviceSum> terms, int stretch)
    {
        int threads = (int)terms.Length / stretch;
        ArrayView<DeviceSum> plain = operands.Scratch<DeviceSum>(threads), weighted = operands.Scratch<DeviceSum>(threads);
        vectors.Kernels.Launch(Grid(threads), BucketKernels.SumWeighted, terms, stretch, threads, plain, weighted);
        return (plain, weighted);
    }

    private DeviceSum[] Read(ArrayView<DeviceSum> view)
    {
        DeviceSum[] sums = GC.AllocateUninitializedArray<DeviceSum>((int)view.Length, pinned: true);
        vectors.Transfers.Download(view, sums);
        vectors.Transfers.Wait();
        return sums;
    }

    private BucketParts Parts(int count) => new(operands.Scratch<int>(count), operands.Scratch<DeviceSum>(count));

    private KernelConfig Grid(int threads)
    {
        int ofGroup = Math.Min(vectors.GroupSize, MostThreadsOfGroup);
        return new KernelConfig(Shares(threads, ofGroup), ofGroup);
    }

    private static int Shares(int count, int share) => (int)(((long)count + share - 1) / share);
}
