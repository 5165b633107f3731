using ILGPU;
using ILGPU.Runtime;
using VerifiableML.Gpu.Devices;
using VerifiableML.Gpu.Groups.Kernels;

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
/// Pippenger's bucket method on a device, from counted digits to a few sums for each problem: the host starts kernels one after the other on one
/// stream and waits once, for the result.
/// </summary>
internal sealed class BucketPipeline : IDisposable
{
    // Threads that fill a large device a few times over: with fewer entries than that for each, the shares become shorter, not fewer.
    private const int WantedThreads = 1 << 18;
    private const int LeastShare = 8;
    private const int MostShare = 64;
    private const int PartShare = 16;
    private const int LastParts = 16;
    private const int LongestStretch = 32;
    private const int FewPieces = 8;

    private readonly GpuDevice _device;
    private readonly BucketLaunches _launches;
    private readonly Scratch<int> _counts, _keys, _partKeys, _otherPartKeys;
    private readonly Scratch<uint> _entries;
    private readonly Scratch<DeviceSum> _buckets, _parts, _otherParts, _plain, _weighted, _lastPlain, _lastWeighted, _carried;

    public BucketPipeline(GpuDevice device)
    {
        _device = device;
        Accelerator accelerator = device.Accelerator;
        _launches = new BucketLaunches(device);
        (_counts, _keys, _partKeys, _otherPartKeys) = (new(accelerator), new(accelerator), new(accelerator), new(accelerator));
        _entries = new(accelerator);
        (_buckets, _parts, _otherParts) = (new(accelerator), new(accelerator), new(accelerator));
        (_plain, _weighted, _lastPlain, _lastWeighted, _carried) = (new(accelerator), new(accelerator), new(accelerator), new(accelerator), new(accelerator));
    }

    /// <summary>Runs on scalars in the form of field elements.</summary>
    public ReducedBuckets RunElements(ArrayView<DevicePoint> bases, ArrayView<ulong> planes, long offset, long stride, DigitPlan plan)
    {
        ArrayView<int> counts = ClearedCounts(plan);
        _launches.CountElements(plan.Scalars, planes, offset, stride, plan, counts);
        ArrayView<int> starts = Scan(counts);
        (ArrayView<int> keys, ArrayView<uint> entries) = Lists(plan);
        _launches.PlaceElements(plan.Scalars, planes, offset, stride, plan, starts, keys, entries);
        return AddUp(bases, plan, starts, keys, entries);
    }

    /// <summary>Runs on rows of signed integers.</summary>
    public ReducedBuckets RunIntegers(ArrayView<DevicePoint> bases, ArrayView<int> matrix, DigitPlan plan)
    {
        ArrayView<int> counts = ClearedCounts(plan);
        _launches.CountIntegers(plan.Scalars, matrix, plan, counts);
        ArrayView<int> starts = Scan(counts);
        (ArrayView<int> keys, ArrayView<uint> entries) = Lists(plan);
        _launches.PlaceIntegers(plan.Scalars, matrix, plan, starts, keys, entries);
        return AddUp(bases, plan, starts, keys, entries);
    }

    public void Dispose()
    {
        foreach (IDisposable scratch in (IDisposable[])[
            _counts, _keys, _partKeys, _otherPartKeys, _entries, _buckets, _parts, _otherParts, _plain, _weighted, _lastPlain, _lastWeighted, _carried])
        {
            scratch.Dispose();
        }
    }

    /// <summary>One counter more than buckets: once scanned, the last one is the number of entries.</summary>
    private ArrayView<int> ClearedCounts(DigitPlan plan)
    {
        int length = plan.Buckets + 1;
        ArrayView<int> counts = _counts.Take(length + ScanRoom(length)).SubView(0, length);
        counts.MemSetToZero(_device.Stream);
        return counts;
    }

    private (ArrayView<int> Keys, ArrayView<uint> Entries) Lists(DigitPlan plan) =>
        (_keys.Take(plan.MaximumEntries), _entries.Take(plan.MaximumEntries));

    /// <summary>Replaces counters by what comes before them. The levels above lie in the same memory, behind the counters.</summary>
    private ArrayView<int> Scan(ArrayView<int> counts)
    {
        ArrayView<int> memory = _counts.Take((int)counts.Length + ScanRoom((int)counts.Length));
        var levels = new List<ArrayView<int>> { counts };
        for (int at = (int)counts.Length, length = at; length > 1; at += length)
        {
            length = Stretches(length);
            levels.Add(memory.SubView(at, length));
            _launches.SumStretches(length, levels[^2], (int)levels[^2].Length, levels[^1]);
        }

        // The level of one sum becomes what comes before everything: nothing.
        levels[^1].MemSetToZero(_device.Stream);
        for (int level = levels.Count - 2; level >= 0; level--)
        {
            _launches.ScanStretches((int)levels[level + 1].Length, levels[level], (int)levels[level].Length, levels[level + 1]);
        }

        return counts;
    }

    private ReducedBuckets AddUp(
        ArrayView<DevicePoint> bases, DigitPlan plan, ArrayView<int> starts, ArrayView<int> keys, ArrayView<uint> entries)
    {
        ArrayView<DeviceSum> buckets = _buckets.Take(plan.Buckets);
        buckets.MemSetToZero(_device.Stream);
        int most = plan.MaximumEntries;
        int share = Math.Clamp((most + WantedThreads - 1) / WantedThreads, LeastShare, MostShare);
        int threads = (most + share - 1) / share;
        ArrayView<int> partKeys = _partKeys.Take(2 * threads);
        ArrayView<DeviceSum> parts = _parts.Take(2 * threads);
        _launches.AddPoints(threads, keys, entries, starts.SubView(plan.Buckets, 1), bases, share, buckets, partKeys, parts);
        Merge(buckets, partKeys, parts);
        return Reduce(buckets, plan);
    }

    private void Merge(ArrayView<DeviceSum> buckets, ArrayView<int> keys, ArrayView<DeviceSum> parts)
    {
        int count = (int)keys.Length;
        ArrayView<int> nextKeys = _otherPartKeys.Take(2 * Shares(count));
        ArrayView<DeviceSum> nextParts = _otherParts.Take(2 * Shares(count));
        while (count > LastParts)
        {
            int threads = Shares(count);
            _launches.AddParts(threads, keys, parts, count, PartShare, buckets, nextKeys, nextParts);
            (keys, nextKeys, parts, nextParts) = (nextKeys, keys, nextParts, parts);
            count = 2 * threads;
        }

        _launches.PutParts(keys, parts, count, buckets);
    }

    private ReducedBuckets Reduce(ArrayView<DeviceSum> buckets, DigitPlan plan)
    {
        int first = Math.Min(plan.BucketsInProblem, LongestStretch);
        int pieces = plan.BucketsInProblem / first;
        int threads = plan.Problems * pieces;
        ArrayView<DeviceSum> plain = _plain.Take(threads), weighted = _weighted.Take(threads);
        _launches.SumWeighted(threads, buckets, first, plain, weighted);
        if (pieces <= FewPieces)
        {
            return new ReducedBuckets(pieces, first, 1, Read(plain), Read(weighted), []);
        }

        int second = Math.Min(pieces, LongestStretch);
        threads /= second;
        ArrayView<DeviceSum> lastPlain = _lastPlain.Take(threads), lastWeighted = _lastWeighted.Take(threads), carried = _carried.Take(threads);
        _launches.SumWeighted(threads, plain, second, lastPlain, lastWeighted);
        _launches.Sum(threads, weighted, second, carried);
        return new ReducedBuckets(pieces / second, first, second, Read(lastPlain), Read(lastWeighted), Read(carried));
    }

    private DeviceSum[] Read(ArrayView<DeviceSum> view)
    {
        var sums = new DeviceSum[view.Length];
        view.CopyToCPU(_device.Stream, ref sums[0], sums.Length);
        return sums;
    }

    private static int Shares(int count) => (count + PartShare - 1) / PartShare;

    private static int Stretches(int length) => (length + ScanKernels.Stretch - 1) / ScanKernels.Stretch;

    /// <summary>Counters of all levels above the first.</summary>
    private static int ScanRoom(int length)
    {
        int room = 0;
        while (length > 1)
        {
            length = Stretches(length);
            room += length;
        }

        return room;
    }
}
