namespace VerifiableML.Algebra.Groups;

/// <summary>
/// The problems of a bucket method: one for each row, each window of the scalars' digits and each range of the points, in that order.
/// </summary>
/// <param name="digits">The scalars.</param>
/// <param name="plan">Windows and ranges.</param>
/// <param name="rows">Rows of scalars.</param>
internal sealed unsafe class BucketProblems(DigitSource digits, WindowPlan plan, int rows)
{
    // Digits and buckets that one thread works on at a time: enough for good batches, and little enough to share the work evenly on
    // cores that are not equally fast.
    private const int WorkPerJob = 1 << 15;

    public WindowPlan Plan => plan;

    public int Rows => rows;

    /// <summary>Number of problems.</summary>
    public int Count => rows * plan.ProblemsPerRow;

    /// <summary>In how many jobs of equal size the problems are worth being worked on.</summary>
    public int CountJobs()
    {
        long work = ((long)digits.Length / plan.Ranges) + plan.Buckets;
        long jobs = Math.Min(Count, ((Count * work) + WorkPerJob - 1) / WorkPerJob);
        long rounds = (jobs + Workers.Count - 1) / Workers.Count;
        return (int)Math.Min(Count, rounds * Workers.Count);
    }

    /// <summary>Places of the scalars that some problems look at: an upper bound of their digits.</summary>
    public int CountPlaces(int first, int count)
    {
        int places = 0;
        for (int problem = first; problem < first + count; problem++)
        {
            (int start, int end) = Range(problem % plan.Ranges);
            places = checked(places + end - start);
        }

        return places;
    }

    /// <summary>The digits of a problem that are not zero; see <see cref="DigitSource.Extract"/>.</summary>
    public int Extract(int problem, uint firstBucket, uint* buckets, uint* entries)
    {
        (int start, int end) = Range(problem % plan.Ranges);
        int window = problem / plan.Ranges % plan.Windows;
        int row = problem / plan.ProblemsPerRow;
        return digits.Extract(row, window, start, end, firstBucket, buckets, entries);
    }

    private (int Start, int End) Range(int range) =>
        ((int)((long)digits.Length * range / plan.Ranges), (int)((long)digits.Length * (range + 1) / plan.Ranges));
}
