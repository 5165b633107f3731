using System.Runtime.CompilerServices;

namespace VerifiableML.Algebra.Groups;

/// <summary>
/// Sums the points of each bucket. As the entries are sorted by bucket, a bucket's sum is a balanced tree of additions, and all the
/// additions of one level, over all the buckets of a chunk, are independent and share their inversions: no bucket is touched twice
/// in a batch, however uneven the digits are.
/// </summary>
internal sealed unsafe class BucketAccumulator
{
    /// <summary>
    /// Entries worked on together. Their intermediate points, about half as many (512 KiB), stay in the second-level cache through
    /// all the levels in G1.
    /// </summary>
    private const int ChunkEntries = 1 << 14;

    /// <summary>Entries between the one that is asked of memory and the one that is worked on.</summary>
    private const int Ahead = 48;

    /// <summary>Intermediate points of a chunk: at worst every bucket has three entries, which leave two points.</summary>
    private const int MostSums = (2 * ChunkEntries / 3) + 2;

    private readonly AdditionList _additions;
    private readonly int _words;
    private readonly PointBuffer _levels;
    private readonly List<Run> _runs = [];
    private int _used;

    public BucketAccumulator(BatchAdder adder, AdditionList additions)
    {
        _additions = additions;
        _words = adder.Words;
        _levels = adder.NewBuffer(MostSums + 1);
    }

    /// <summary>Sets bucket b to the sum of its entries, infinity where there are none.</summary>
    /// <param name="bases">Points that the entries point to.</param>
    /// <param name="sorted">index · 2 + sign, bucket after bucket.</param>
    /// <param name="ends">Where each bucket ends in <paramref name="sorted"/>.</param>
    /// <param name="buckets">Receives the sums, a point for each bucket.</param>
    public void Accumulate(ulong* bases, uint* sorted, ReadOnlySpan<int> ends, ulong* buckets)
    {
        ulong* remainder = _levels.At(_levels.Capacity - 1);
        int bucket = 0;
        int bucketStart = 0;
        int position = 0;
        while (bucket < ends.Length)
        {
            // A bucket cut by the chunk's border goes on in the next chunk, where its second part is summed apart and added at the end.
            ulong* continued = position > bucketStart ? buckets + ((nuint)bucket * (nuint)_words) : null;
            int room = ChunkEntries;
            _used = 0;
            while (bucket < ends.Length && room > 0)
            {
                ulong* target = buckets + ((nuint)bucket * (nuint)_words);
                int length = Math.Min(ends[bucket] - position, room);
                PrefetchAhead(bases, sorted, position + Ahead, Math.Min(position + Ahead + length, ends[^1]));
                AddFirstLevel(bases, sorted + position, length, target == continued ? remainder : target);
                position += length;
                room -= length;
                if (position == ends[bucket])
                {
                    bucket++;
                    bucketStart = position;
                }
            }

            _additions.Flush();
            AddUpperLevels();
            if (continued != null)
            {
                _additions.Add(PointReference.To(continued), PointReference.To(remainder), continued);
                _additions.Flush();
            }
        }
    }

    /// <summary>Asks for the points of some entries; from any place in the bases they take longer to come than an addition takes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void PrefetchAhead(ulong* bases, uint* sorted, int start, int end)
    {
        for (int i = start; i < end; i++)
        {
            Prefetch.Point(PointReference.To(bases, sorted[i], _words), _words);
        }
    }

    /// <summary>Adds the entries of a bucket in pairs, and notes the run of sums that the upper levels are to add up into the target.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddFirstLevel(ulong* bases, uint* entries, int length, ulong* target)
    {
        switch (length)
        {
            case 0:
                PackedPoint.SetInfinity(target, _words);
                return;
            case 1:
                PackedPoint.Copy(PointReference.To(bases, entries[0], _words), target, _words);
                return;
            case 2:
                Schedule(bases, entries, target);
                return;
        }

        ulong* start = _levels.At(_used);
        ulong* next = start;
        int paired = length & ~1;
        for (int i = 0; i < paired; i += 2, next += _words)
        {
            Schedule(bases, entries + i, next);
        }

        if (paired != length)
        {
            PackedPoint.Copy(PointReference.To(bases, entries[paired], _words), next, _words);
        }

        int sums = (length + 1) / 2;
        _used += sums;
        _runs.Add(new Run((nuint)start, sums, (nuint)target));
    }

    private void Schedule(ulong* bases, uint* pair, ulong* destination)
    {
        nuint left = PointReference.To(bases, pair[0], _words);
        nuint right = PointReference.To(bases, pair[1], _words);
        _additions.Add(left, right, destination);
    }

    /// <summary>Folds every run onto its lower half until one point is left, which goes to the run's target.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddUpperLevels()
    {
        int words = _words;
        while (_runs.Count > 0)
        {
            int kept = 0;
            for (int r = 0; r < _runs.Count; r++)
            {
                Run run = _runs[r];
                int lower = (run.Length + 1) / 2;
                ulong* left = (ulong*)run.Start;
                ulong* right = left + ((nuint)lower * (nuint)words);
                if (run.Length == 2)
                {
                    _additions.Add(PointReference.To(left), PointReference.To(right), (ulong*)run.Target);
                    continue;
                }

                for (int i = lower; i < run.Length; i++, left += words, right += words)
                {
                    _additions.Add(PointReference.To(left), PointReference.To(right), left);
                }

                _runs[kept++] = run with { Length = lower };
            }

            _runs.RemoveRange(kept, _runs.Count - kept);
            _additions.Flush();
        }
    }

    /// <summary>Consecutive points whose sum belongs to one bucket.</summary>
    private readonly record struct Run(nuint Start, int Length, nuint Target);
}
