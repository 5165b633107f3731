namespace VerifiableML.Algebra.Groups;

/// <summary>
/// Pippenger's bucket method: Σ s_i·P_i over windows of the scalars' signed digits. A <i>problem</i> is one window of one range of the points
/// of one row: its points are added up in one bucket for each absolute value of the digits, and the buckets are reduced. Problems
/// are solved some at a time, so that there are many additions to share an inversion, on all cores.
/// </summary>
/// <typeparam name="TField">The field of the points' coordinates.</typeparam>
internal sealed unsafe class BucketMethod<TField>
    where TField : unmanaged, IFieldElement<TField>
{
    private readonly PackedPoints<TField> _bases;
    private readonly BucketProblems _problems;

    public BucketMethod(PackedPoints<TField> bases, DigitSource digits, WindowPlan plan, int rows)
    {
        _bases = bases;
        _problems = new BucketProblems(digits, plan, rows);
    }

    private WindowPlan Plan => _problems.Plan;

    /// <summary>One sum for each row.</summary>
    public JacobianPoint<TField>[] Run()
    {
        int problems = _problems.Count;
        PointBuffer results = _bases.Adder.NewBuffer(checked(problems * Plan.Width));
        int jobs = _problems.CountJobs();
        Workers.For(jobs, job =>
        {
            int first = (int)((long)problems * job / jobs);
            int end = (int)((long)problems * (job + 1) / jobs);
            BucketWorkspace workspace = BucketWorkspace.Rent(_bases.Adder);
            workspace.Solve(_problems, _bases.Pointer, first, end - first, results.At(first * Plan.Width));
            BucketWorkspace.Return(workspace);
        });

        var sums = new JacobianPoint<TField>[_problems.Rows];
        Workers.For(sums.Length, row => sums[row] = Combine(results, row));
        GC.KeepAlive(_bases);
        return sums;
    }

    /// <summary>Adds up the points of a row's problems, each with its power of two: one doubling for each bit of the scalars.</summary>
    private JacobianPoint<TField> Combine(PointBuffer results, int row)
    {
        JacobianPoint<TField> sum = JacobianPoint<TField>.Infinity;
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

    private JacobianPoint<TField> Add(in JacobianPoint<TField> sum, ulong* packed)
    {
        if (PackedPoint.IsInfinity(packed))
        {
            return sum;
        }

        (TField x, TField y) = _bases.Adder.Unpack(packed);
        return sum.AddAffine(x, y);
    }
}
