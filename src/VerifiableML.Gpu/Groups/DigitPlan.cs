namespace VerifiableML.Gpu.Groups;

/// <summary>
/// How scalars are cut: a <i>problem</i> is one window of one row; each has a bucket for each absolute value that a signed digit can have.
/// </summary>
/// <param name="Width">Bits of a window.</param>
/// <param name="Windows">Windows of a scalar.</param>
/// <param name="Columns">Scalars of a row.</param>
/// <param name="Rows">Rows.</param>
internal readonly record struct DigitPlan(int Width, int Windows, int Columns, int Rows)
{
    /// <summary>Bits of the absolute value of a scalar between −(r − 1)/2 and (r − 1)/2.</summary>
    public const int FieldBits = 253;

    private const int MaximumWidth = 16;

    // Field multiplications: into a bucket, and in the two additions for each bucket of the reduction.
    private const int AdditionCost = 10;
    private const int ReductionCost = 28;

    /// <summary>Digits from −2^(Width−1) to 2^(Width−1); zero has no bucket.</summary>
    public int BucketsInProblem => 1 << (Width - 1);

    /// <summary>Buckets in all.</summary>
    public int Buckets => Rows * Windows * BucketsInProblem;

    /// <summary>Problems in all.</summary>
    public int Problems => Rows * Windows;

    /// <summary>Scalars in all.</summary>
    public int Scalars => Rows * Columns;

    /// <summary>The most entries that buckets can have in all.</summary>
    public int MaximumEntries => checked(Scalars * Windows);

    /// <summary>Field multiplications in all, where no digit is zero.</summary>
    public long Multiplications => (long)Problems * (((long)Columns * AdditionCost) + ((long)ReductionCost * BucketsInProblem));

    /// <summary>The plan with the fewest field multiplications.</summary>
    /// <param name="bits">Bits of the greatest absolute value; one more is needed for the sign.</param>
    /// <param name="columns">Scalars of a row.</param>
    /// <param name="rows">Rows.</param>
    public static DigitPlan Choose(int bits, int columns, int rows)
    {
        DigitPlan best = default;
        long least = long.MaxValue;
        for (int width = 2; width <= MaximumWidth; width++)
        {
            var plan = new DigitPlan(width, (bits + width) / width, columns, rows);
            if (plan.Multiplications < least)
            {
                least = plan.Multiplications;
                best = plan;
            }
        }

        return best;
    }
}
