using VerifiableML.Algebra;
using VerifiableML.Gpu.Groups.Kernels;

namespace VerifiableML.Gpu.Groups;

/// <summary>The host's end of the bucket method: from the few sums that the device leaves of each problem to the sums of the rows.</summary>
internal static class ProblemSums
{
    /// <summary>One sum for each row.</summary>
    public static G1[] Combine(ReducedBuckets buckets, DigitPlan plan)
    {
        var problems = new JacobianPoint<Fq>[plan.Problems];
        Parallel.For(0, problems.Length, problem => problems[problem] = OfProblem(buckets, problem));
        var rows = new JacobianPoint<Fq>[plan.Rows];
        Parallel.For(0, rows.Length, row =>
        {
            JacobianPoint<Fq> sum = JacobianPoint<Fq>.Infinity;
            for (int window = plan.Windows - 1; window >= 0; window--)
            {
                sum = Times(sum, 1L << plan.Width) + problems[(row * plan.Windows) + window];
            }

            rows[row] = sum;
        });
        return G1.FromJacobian(rows);
    }

    /// <summary>
    /// Σ (b + 1)·B_b over the buckets of a problem. With b = (c·m + j)·l + k, l and m being the stretches, W_cj = Σ_k (k + 1) B_b and
    /// S_cj = Σ_k B_b it is Σ_c Σ_j W_cj + l·Σ_c (Σ_j j·S_cj + m·c·Σ_j S_cj), of which the device gives the sums over j.
    /// </summary>
    private static JacobianPoint<Fq> OfProblem(ReducedBuckets buckets, int problem)
    {
        JacobianPoint<Fq> own = JacobianPoint<Fq>.Infinity, inner = own, suffix = own, outer = own;
        bool twoRounds = buckets.Carried.Length > 0;
        for (int c = buckets.Pieces - 1; c >= 0; c--)
        {
            int at = (problem * buckets.Pieces) + c;
            JacobianPoint<Fq> plain = ToJacobian(buckets.Plain[at]);
            if (twoRounds)
            {
                own += ToJacobian(buckets.Carried[at]);
                inner = inner + ToJacobian(buckets.Weighted[at]) + -plain;
            }
            else
            {
                own += ToJacobian(buckets.Weighted[at]);
            }

            // Σ c·S_c as the sum of the suffixes that begin after 0.
            suffix += plain;
            if (c > 0)
            {
                outer += suffix;
            }
        }

        return own + Times(inner + Times(outer, buckets.SecondStretch), buckets.FirstStretch);
    }

    /// <summary>(X/ZZ, Y/ZZZ) with the denominators ZZ² and ZZ³ = ZZZ².</summary>
    private static JacobianPoint<Fq> ToJacobian(DeviceSum sum)
    {
        Fq zz = sum.ZZ.ToFq();
        return zz.IsZero ? JacobianPoint<Fq>.Infinity : new JacobianPoint<Fq>(sum.X.ToFq() * zz, sum.Y.ToFq() * sum.ZZZ.ToFq(), zz);
    }

    private static JacobianPoint<Fq> Times(JacobianPoint<Fq> point, long powerOfTwo)
    {
        for (; powerOfTwo > 1; powerOfTwo /= 2)
        {
            point = point.Double();
        }

        return point;
    }
}
