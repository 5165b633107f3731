using VerifiableML.Algebra.Vectors;

namespace VerifiableML.Algebra.Groups;

/// <summary>
/// Many multiples s_i·P of one point, as a reference string needs them: each is a sum of one entry of every window's table of multiples of P,
/// and sums of different i share inversions. Not constant in time.
/// </summary>
public static unsafe class FixedBaseMultiplication
{
    // Results that a thread works on at a time: as many as share an inversion.
    private const int ResultsPerJob = AdditionList.Capacity;
    private const int WidestWindow = 16;

    /// <summary>The multiples of <paramref name="point"/> by each of the scalars, in their order.</summary>
    public static G1Bases Compute(in G1 point, FrSlice scalars)
    {
        BatchAdder adder = BatchAdder.Best;
        var results = new PointBuffer(scalars.Length);
        for (int i = 0; i < scalars.Length; i++)
        {
            PackedPoint.SetInfinity(results.At(i));
        }

        using var digits = new ScalarDigits(scalars);
        if (digits.Length > 0)
        {
            WindowPlan plan = Choose(digits.Bits, digits.Length);
            digits.Use(plan);
            PointBuffer table = BuildTable(adder, point, plan);
            int jobs = (digits.Length + ResultsPerJob - 1) / ResultsPerJob;
            Workers.For(jobs, job => AddUp(adder, digits, plan, table, job * ResultsPerJob, results));
            GC.KeepAlive(table);
        }

        return new G1Bases(results, 0, scalars.Length, adder);
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

    /// <summary>For window w and d from 1 to 2^(width−1): d·2^(width·w)·P, at place d − 1 of row w.</summary>
    private static PointBuffer BuildTable(BatchAdder adder, in G1 point, WindowPlan plan)
    {
        var first = new G1Jacobian[plan.Windows];
        first[0] = point.ToJacobian();
        for (int window = 1; window < plan.Windows; window++)
        {
            first[window] = first[window - 1];
            for (int bit = 0; bit < plan.Width; bit++)
            {
                first[window] = first[window].Double();
            }
        }

        G1[] affine = G1.FromJacobian(first);
        var table = new PointBuffer(plan.Windows * plan.Buckets);
        Workers.For(plan.Windows, window =>
        {
            ulong* row = table.At(window * plan.Buckets);
            adder.Pack(affine[window], row);
            FillRow(row, plan.Buckets, adder);
        });
        return table;
    }

    /// <summary>From P, at place 0, all multiples up to size·P: when those up to h·P are known, adding h·P to each yields as many again.</summary>
    private static void FillRow(ulong* row, int size, BatchAdder adder)
    {
        var additions = new AdditionList(adder);
        for (int known = 1; known < size; known *= 2)
        {
            ulong* last = row + ((nint)(known - 1) * PointBuffer.Stride);
            for (int i = 0; i < known; i++)
            {
                ulong* multiple = row + ((nint)i * PointBuffer.Stride);
                additions.Add(PointReference.To(last), PointReference.To(multiple), multiple + ((nint)known * PointBuffer.Stride));
            }

            additions.Flush();
        }
    }

    private static void AddUp(BatchAdder adder, ScalarDigits digits, WindowPlan plan, PointBuffer table, int start, PointBuffer results)
    {
        int end = Math.Min(start + ResultsPerJob, digits.Length);
        BucketWorkspace workspace = BucketWorkspace.Rent(adder);
        AdditionList additions = workspace.Additions;
        Span<uint> places = stackalloc uint[2 * ResultsPerJob];
        fixed (uint* multiples = places)
        {
            uint* entries = multiples + ResultsPerJob;
            for (int window = 0; window < plan.Windows; window++)
            {
                int count = digits.Extract(0, window, start, end, (uint)(window * plan.Buckets), multiples, entries);
                for (int i = 0; i < count; i++)
                {
                    ulong* result = results.At((int)(entries[i] >> 1));
                    nuint multiple = PointReference.To(table.Pointer, (multiples[i] << 1) | (entries[i] & 1));
                    if (PackedPoint.IsInfinity(result))
                    {
                        PackedPoint.Copy(multiple, result);
                    }
                    else
                    {
                        Prefetch.Point(multiple);
                        additions.Add(PointReference.To(result), multiple, result);
                    }
                }

                additions.Flush();
            }
        }

        BucketWorkspace.Return(workspace);
    }
}
