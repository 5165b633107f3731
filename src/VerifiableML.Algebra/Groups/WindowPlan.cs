using System.Numerics;

namespace VerifiableML.Algebra.Groups;

/// <summary>
/// How a multi-scalar multiplication is cut up: windows of <see cref="Width"/> bits whose signed digits lie in
/// [−2^(Width−1), 2^(Width−1)], so that a window has <see cref="Buckets"/> = 2^(Width−1) buckets; and point ranges that are summed apart.
/// </summary>
/// <param name="Width">Bits of a window.</param>
/// <param name="Windows">Number of windows.</param>
/// <param name="Ranges">Number of ranges that the points are split into, so that every core has work when there are few windows.</param>
internal readonly record struct WindowPlan(int Width, int Windows, int Ranges)
{
    private const int WidestWindow = 17;

    // Costs in units of one batched affine addition.
    private const double HornerStep = 8;        // a Jacobian doubling and a mixed addition, one after the other
    private const double ScanPerScalar = 0.03;  // extracting a digit and sorting it

    /// <summary>Number of buckets of a window: one for each absolute value of a digit but zero.</summary>
    public int Buckets => 1 << (Width - 1);

    /// <summary>Number of bucket sets for each row of scalars.</summary>
    public int ProblemsPerRow => Windows * Ranges;

    /// <summary>
    /// What is added to an absolute value so that window w's digit is <c>(value + offset) &gt;&gt; (Width·w) mod 2^Width − 2^(Width−1)</c> for
    /// every window but the top one, which keeps its unsigned digit: the carries of the signed recoding, done by one addition.
    /// </summary>
    public BigInteger Offset
    {
        get
        {
            BigInteger offset = BigInteger.Zero;
            for (int window = 0; window < Windows - 1; window++)
            {
                offset += BigInteger.One << ((Width * window) + Width - 1);
            }

            return offset;
        }
    }

    /// <summary>Chooses the plan with the least estimated time.</summary>
    /// <param name="bits">Smallest b such that every scalar's absolute value is at most 2^b.</param>
    /// <param name="terms">Scalars of a row that are not zero.</param>
    /// <param name="lengths">How long they are.</param>
    /// <param name="scanned">Scalars of a row.</param>
    /// <param name="rows">Rows against the same bases.</param>
    /// <param name="workers">Threads that share the work.</param>
    public static WindowPlan Choose(int bits, double terms, LengthProfile lengths, int scanned, int rows, int workers)
    {
        WindowPlan best = default;
        double bestTime = double.PositiveInfinity;
        for (int width = 1; width <= WidestWindow; width++)
        {
            int windows = (bits + width) / width; // the top digit is at most 2^(bits − width·(windows − 1)), which must not exceed 2^(width − 1)
            if (width == 1 && windows > 1)
            {
                continue; // a signed binary digit has no room for the value zero
            }

            for (int ranges = 1; ranges <= (rows == 1 ? workers : 1); ranges++)
            {
                var plan = new WindowPlan(width, windows, ranges);
                double time = plan.EstimateTime(terms, lengths, scanned, rows, workers);
                if (time < bestTime)
                {
                    (best, bestTime) = (plan, time);
                }
            }

            if (windows == 1)
            {
                break; // wider windows only add empty buckets
            }
        }

        return best;
    }

    /// <summary>
    /// Every window is a problem for each range and row; a window above most scalars' length is a cheap one. The cores share the problems,
    /// but a problem is never shared.
    /// </summary>
    private double EstimateTime(double terms, LengthProfile lengths, int scanned, int rows, int workers)
    {
        double sum = 0;
        double largest = 0;
        int large = 0;
        for (int window = 0; window < Windows; window++)
        {
            double problem = EstimateProblem(terms * lengths.ShareOfAtLeast(Width * window), scanned);
            sum += problem;
            large = problem > 2 * largest ? 1 : large + (problem > largest / 2 ? 1 : 0);
            largest = Math.Max(largest, problem);
        }

        double shared = sum * rows * Ranges / workers;
        double unshared = largest * Math.Ceiling((double)large * rows * Ranges / workers);
        double horner = HornerStep * Width * Windows * (rows == 1 ? 1.0 : (double)rows / workers);
        return Math.Max(shared, unshared) + horner;
    }

    private double EstimateProblem(double terms, int scanned)
    {
        double perRange = terms / Ranges;
        double occupied = Buckets * -double.ExpM1(-perRange / Buckets);

        // Few occupied buckets meet hardly any others before the last rounds of the reduction.
        double reduction = Math.Min(2.0 * (Buckets - 1), occupied * Width / 2);
        return perRange - occupied + reduction + (ScanPerScalar * scanned / Ranges);
    }
}
