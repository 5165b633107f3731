namespace VerifiableML.Algebra.Groups;

/// <summary>What one thread needs to work on bucket sets. Kept for reuse, as its buffers are large and pinned.</summary>
internal sealed unsafe class BucketWorkspace
{
    private readonly BatchAdder _adder;
    private readonly BucketAccumulator _accumulator;
    private readonly PointBuffer _sums;
    private uint[] _digits = [];
    private int[] _ends = [];

    private BucketWorkspace(BatchAdder adder)
    {
        _adder = adder;
        Additions = new AdditionList(adder);
        _accumulator = new BucketAccumulator(adder, Additions);
        _sums = adder.NewBuffer();
    }

    /// <summary>The thread's list of additions.</summary>
    public AdditionList Additions { get; }

    public static BucketWorkspace Rent(BatchAdder adder) =>
        adder.IdleWorkspaces.TryTake(out BucketWorkspace? workspace) ? workspace : new BucketWorkspace(adder);

    public static void Return(BucketWorkspace workspace) => workspace._adder.IdleWorkspaces.Add(workspace);

    /// <summary>Adds up entries that are sorted already; see <see cref="BucketAccumulator.Accumulate"/>.</summary>
    public void AddUp(ulong* points, uint* sorted, ReadOnlySpan<int> ends, ulong* sums) => _accumulator.Accumulate(points, sorted, ends, sums);

    /// <summary>Computes the bucket sets of consecutive problems and reduces each to <see cref="WindowPlan.Width"/> points.</summary>
    /// <param name="problems">The multiplication that they belong to.</param>
    /// <param name="bases">Points that the digits belong to.</param>
    /// <param name="first">First problem.</param>
    /// <param name="count">Number of problems.</param>
    /// <param name="results">Receives for each problem: the sum of all buckets, then T_0 … T_{Width−2} of <see cref="BucketReduction"/>.</param>
    public void Solve(BucketProblems problems, ulong* bases, int first, int count, ulong* results)
    {
        int size = problems.Plan.Buckets;
        int buckets = count * size;
        _sums.EnsureCapacity(buckets);
        if (_ends.Length < buckets)
        {
            _ends = new int[buckets];
        }

        Span<int> ends = _ends.AsSpan(0, buckets);
        int places = problems.CountPlaces(first, count);
        if (_digits.Length < 3L * places)
        {
            _digits = GC.AllocateUninitializedArray<uint>(checked(3 * places));
        }

        fixed (uint* bucketOf = _digits)
        {
            uint* entries = bucketOf + places;
            uint* sorted = entries + places;
            int digits = 0;
            for (int p = 0; p < count; p++)
            {
                digits += problems.Extract(first + p, (uint)(p * size), bucketOf + digits, entries + digits);
            }

            BucketSort.Sort(bucketOf, entries, digits, ends, sorted);
            _accumulator.Accumulate(bases, sorted, ends, _sums.Pointer);
        }

        int words = _adder.Words;
        BucketReduction.Reduce(_sums.Pointer, count, size, words, Additions);
        for (int p = 0; p < count; p++)
        {
            ulong* result = results + ((nint)p * problems.Plan.Width * words);
            PackedPoint.Copy(PointReference.To(_sums.At(p * size)), result, words);
            for (int bit = 0; bit < problems.Plan.Width - 1; bit++)
            {
                PackedPoint.Copy(PointReference.To(_sums.At((p * size) + (1 << bit))), result + ((bit + 1) * words), words);
            }
        }
    }
}
