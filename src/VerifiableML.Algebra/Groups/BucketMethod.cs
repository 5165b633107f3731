namespace VerifiableML.Algebra.Groups;

/// <summary>
/// Pippenger's bucket method: Σ s_i·P_i over windows of the scalars' signed digits. A <i>problem</i> is one window of one range of the points
/// of one row: its points are added up in one bucket for each absolute value of the digits, and the buckets are reduced. Problems
/// are solved some at a time, so that there are many additions to share an inversion, on all cores.
/// </summary>
internal sealed unsafe class BucketMethod
{
    // Digits and buckets that one thread works on at a time: enough for good batches, and little enough to share the work evenly on
    // cores that are not equally fast.
    private const int WorkPerJob = 1 << 15;

    private readonly DigitSource _digits;
    private readonly int _rows;

    public BucketMethod(G1Bases bases, DigitSource digits, WindowPlan plan, int rows)
    {
        Bases = bases;
        Plan = plan;
        _digits = digits;
        _rows = rows;
    }

    public G1Bases Bases { get; }

    public WindowPlan Plan { get; }

    /// <summary>One sum for each row.</summary>
    public G1Jacobian[] Run()
    {
        int problems = _rows * Plan.ProblemsPerRow;
        var results = new PointBuffer(checked(problems * Plan.Width));
        int jobs = CountJobs(problems);
        Workers.For(jobs, job =>
        {
            int first = (int)((long)problems * job / jobs);
            int end = (int)((long)problems * (job + 1) / jobs);
            BucketWorkspace workspace = BucketWorkspace.Rent(Bases.Adder);
            workspace.Solve(this, first, end - first, results.At(first * Plan.Width));
            BucketWorkspace.Return(workspace);
        });

        var sums = new G1Jacobian[_rows];
        Workers.For(_rows, row => sums[row] = Combine(results, row));
        GC.KeepAlive(Bases);
        return sums;
    }

    /// <summary>Places of the scalars that some problems look at: an upper bound of their digits.</summary>
    public int CountPlaces(int first, int count)
    {
        int places = 0;
        for (int problem = first; problem < first + count; problem++)
        {
            (int start, int end) = Range(problem % Plan.Ranges);
            places = checked(places + end - start);
        }

        return places;
    }

    /// <summary>The digits of a problem that are not zero; see <see cref="DigitSource.Extract"/>.</summary>
    public int Extract(int problem, uint firstBucket, uint* buckets, uint* entries)
    {
        (int start, int end) = Range(problem % Plan.Ranges);
        int window = problem / Plan.Ranges % Plan.Windows;
        int row = problem / Plan.ProblemsPerRow;
        return _digits.Extract(row, window, start, end, firstBucket, buckets, entries);
    }

    private (int Start, int End) Range(int range) =>
        ((int)((long)_digits.Length * range / Plan.Ranges), (int)((long)_digits.Length * (range + 1) / Plan.Ranges));

    private int CountJobs(int problems)
    {
        long work = ((long)_digits.Length / Plan.Ranges) + Plan.Buckets;
        long jobs = Math.Min(problems, ((problems * work) + WorkPerJob - 1) / WorkPerJob);
        long rounds = (jobs + Workers.Count - 1) / Workers.Count;
        return (int)Math.Min(problems, rounds * Workers.Count);
    }

    /// <summary>Adds up the points of a row's problems, each with its power of two: one doubling for each bit of the scalars.</summary>
    private G1Jacobian Combine(PointBuffer results, int row)
    {
        G1Jacobian sum = G1Jacobian.Infinity;
        for (int window = Plan.Windows - 1; window >= 0; window--)
        {
            for (int bit = Plan.Width - 1; bit >= 0; bit--)
            {
                sum = sum.Double();
                for (int range = 0; range < Plan.Ranges; range++)
                {
                    int problem = (((row * Plan.Windows) + window) * Plan.Ranges) + range;
                    int first = problem * Plan.Width;
                    if (bit < Plan.Width - 1)
                    {
                        sum = Add(sum, results.At(first + bit + 1));
                    }

                    if (bit == 0)
                    {
                        sum = Add(sum, results.At(first));
                    }
                }
            }
        }

        return sum;
    }

    private G1Jacobian Add(in G1Jacobian sum, ulong* packed)
    {
        if (PackedPoint.IsInfinity(packed))
        {
            return sum;
        }

        G1 point = Bases.Adder.Unpack(packed);
        return sum.AddAffine(point.X, point.Y);
    }
}
