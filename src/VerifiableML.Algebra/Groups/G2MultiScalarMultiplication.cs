using VerifiableML.Algebra.Vectors;

namespace VerifiableML.Algebra.Groups;

/// <summary>
/// Σ s_i·Q_i in G2: Pippenger's bucket method with projective buckets, one window at a time on each core. Plain, as the provers need few of
/// these. Not constant in time.
/// </summary>
public static unsafe class G2MultiScalarMultiplication
{
    private const int WidestWindow = 15;

    /// <summary>The sum over all scalars; there may be more points than scalars.</summary>
    /// <exception cref="ArgumentException">There are more scalars than points.</exception>
    public static G2 Compute(ReadOnlyMemory<G2> points, FrSlice scalars)
    {
        if (scalars.Length > points.Length)
        {
            throw new ArgumentException($"{scalars.Length} scalars need as many points; there are {points.Length}.", nameof(scalars));
        }

        using var digits = new ScalarDigits(scalars);
        if (digits.Length == 0)
        {
            return G2.Infinity;
        }

        WindowPlan plan = Choose(digits.Bits, digits.Length);
        digits.Use(plan);
        var sums = new G2Jacobian[plan.Windows];
        Workers.For(plan.Windows, window => sums[window] = SumWindow(points.Span, digits, plan, window));
        G2Jacobian sum = G2Jacobian.Infinity;
        for (int window = plan.Windows - 1; window >= 0; window--)
        {
            for (int bit = 0; bit < plan.Width; bit++)
            {
                sum = sum.Double();
            }

            sum += sums[window];
        }

        return G2.FromJacobian(sum);
    }

    private static WindowPlan Choose(int bits, int terms)
    {
        WindowPlan best = default;
        long least = long.MaxValue;
        for (int width = 2; width <= WidestWindow; width++)
        {
            var plan = new WindowPlan(width, (bits + width) / width, 1);
            long additions = plan.Windows * (terms + (2L * plan.Buckets));
            if (additions < least)
            {
                (best, least) = (plan, additions);
            }
        }

        return best;
    }

    /// <summary>Σ d·S_d over the buckets S_d of one window, by running sums from the top: each S_d is counted d times.</summary>
    private static G2Jacobian SumWindow(ReadOnlySpan<G2> points, ScalarDigits digits, WindowPlan plan, int window)
    {
        var buckets = new G2Jacobian[plan.Buckets];
        Array.Fill(buckets, G2Jacobian.Infinity);
        var places = new uint[2 * digits.Length];
        fixed (uint* bucketOf = places)
        {
            uint* entries = bucketOf + digits.Length;
            int count = digits.Extract(0, window, 0, digits.Length, 0, bucketOf, entries);
            for (int i = 0; i < count; i++)
            {
                G2 point = points[(int)(entries[i] >> 1)];
                if (!point.IsInfinity)
                {
                    ref G2Jacobian bucket = ref buckets[bucketOf[i]];
                    bucket = bucket.AddAffine(point.X, (entries[i] & 1) == 0 ? point.Y : -point.Y);
                }
            }
        }

        G2Jacobian running = G2Jacobian.Infinity;
        G2Jacobian sum = G2Jacobian.Infinity;
        for (int bucket = plan.Buckets - 1; bucket >= 0; bucket--)
        {
            running += buckets[bucket];
            sum += running;
        }

        return sum;
    }
}
