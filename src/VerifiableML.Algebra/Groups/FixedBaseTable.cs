using VerifiableML.Algebra.Vectors;

namespace VerifiableML.Algebra.Groups;

/// <summary>
/// The work of <see cref="FixedBaseMultiplication"/>: the table has, for window w and d from 1 to 2^(width−1), d·2^(width·w)·P at place d − 1 of
/// row w.
/// </summary>
/// <typeparam name="TField">The field of the points' coordinates.</typeparam>
internal sealed unsafe class FixedBaseTable<TField>
    where TField : unmanaged, IFieldElement<TField>
{
    // Results that a thread works on at a time: as many as share an inversion.
    private const int ResultsPerJob = AdditionList.Capacity;
    private const int WidestWindow = 16;

    private readonly BatchAdder<TField> _adder;
    private readonly WindowPlan _plan;
    private readonly PointBuffer _multiples;

    private FixedBaseTable(BatchAdder<TField> adder, in JacobianPoint<TField> point, WindowPlan plan)
    {
        _adder = adder;
        _plan = plan;
        _multiples = adder.NewBuffer(plan.Windows * plan.Buckets);
        (TField X, TField Y)[] first = FirstColumn(point);
        Workers.For(plan.Windows, window =>
        {
            ulong* row = _multiples.At(window * plan.Buckets);
            adder.Pack(first[window].X, first[window].Y, row);
            FillRow(row);
        });
    }

    public static PackedPoints<TField> Multiply(BatchAdder<TField> adder, in JacobianPoint<TField> point, FrSlice scalars)
    {
        PointBuffer results = adder.NewBuffer(scalars.Length);
        for (int i = 0; i < scalars.Length; i++)
        {
            PackedPoint.SetInfinity(results.At(i), adder.Words);
        }

        using var digits = new ScalarDigits(scalars);
        if (digits.Length > 0)
        {
            WindowPlan plan = Choose(digits.Bits, digits.Length);
            digits.Use(plan);
            var table = new FixedBaseTable<TField>(adder, point, plan);
            int jobs = (digits.Length + ResultsPerJob - 1) / ResultsPerJob;
            Workers.For(jobs, job => table.AddUp(digits, job * ResultsPerJob, results));
        }

        return new PackedPoints<TField>(results, 0, scalars.Length, adder);
    }

    private static WindowPlan Choose(int bits, int count)
    {
        WindowPlan best = default;
        long least = long.MaxValue;
        for (int width = 2; width <= WidestWindow; width++)
        {
            var plan = new WindowPlan(width, (bits + width) / width, 1);
            long additions = plan.Windows * ((long)count + plan.Buckets);
            if (additions < least)
            {
                (best, least) = (plan, additions);
            }
        }

        return best;
    }

    /// <summary>2^(width·w)·P for all windows w.</summary>
    private (TField X, TField Y)[] FirstColumn(in JacobianPoint<TField> point)
    {
        var column = new JacobianPoint<TField>[_plan.Windows];
        column[0] = point;
        for (int window = 1; window < column.Length; window++)
        {
            column[window] = column[window - 1];
            for (int bit = 0; bit < _plan.Width; bit++)
            {
                column[window] = column[window].Double();
            }
        }

        var affine = new (TField X, TField Y)[column.Length];
        JacobianPoint<TField>.ToAffine(column, affine);
        return affine;
    }

    /// <summary>From P, at place 0, all multiples up to the last one: when those up to h·P are known, adding h·P to each yields as many again.</summary>
    private void FillRow(ulong* row)
    {
        var additions = new AdditionList(_adder);
        for (int known = 1; known < _plan.Buckets; known *= 2)
        {
            ulong* last = row + ((nint)(known - 1) * _adder.Words);
            for (int i = 0; i < known; i++)
            {
                ulong* multiple = row + ((nint)i * _adder.Words);
                additions.Add(PointReference.To(last), PointReference.To(multiple), multiple + ((nint)known * _adder.Words));
            }

            additions.Flush();
        }
    }

    private void AddUp(ScalarDigits digits, int start, PointBuffer results)
    {
        int end = Math.Min(start + ResultsPerJob, digits.Length);
        BucketWorkspace workspace = BucketWorkspace.Rent(_adder);
        AdditionList additions = workspace.Additions;
        Span<uint> places = stackalloc uint[2 * ResultsPerJob];
        fixed (uint* multiples = places)
        {
            uint* entries = multiples + ResultsPerJob;
            for (int window = 0; window < _plan.Windows; window++)
            {
                int count = digits.Extract(0, window, start, end, (uint)(window * _plan.Buckets), multiples, entries);
                for (int i = 0; i < count; i++)
                {
                    ulong* result = results.At((int)(entries[i] >> 1));
                    nuint multiple = PointReference.To(_multiples.Pointer, (multiples[i] << 1) | (entries[i] & 1), _adder.Words);
                    if (PackedPoint.IsInfinity(result))
                    {
                        PackedPoint.Copy(multiple, result, _adder.Words);
                    }
                    else
                    {
                        Prefetch.Point(multiple, _adder.Words);
                        additions.Add(PointReference.To(result), multiple, result);
                    }
                }

                additions.Flush();
            }
        }

        BucketWorkspace.Return(workspace);
    }
}
