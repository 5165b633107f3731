namespace VerifiableML.Algebra.Groups;

/// <summary>s·P_i for a sequence of points and one scalar, as a contribution to a setup needs them. Not constant in time.</summary>
public static class CommonScalarMultiplication
{
    /// <summary>The multiples of all points, in their order.</summary>
    public static G1Bases Compute(G1Bases points, in Fr scalar)
    {
        ArgumentNullException.ThrowIfNull(points);
        return new G1Bases(Compute(points.Points, SplitScalar.Of(scalar)));
    }

    /// <summary>The multiples of all points, in their order.</summary>
    public static G2Bases Compute(G2Bases points, in Fr scalar)
    {
        ArgumentNullException.ThrowIfNull(points);
        return new G2Bases(Compute(points.Points, SplitScalar.Of(scalar)));
    }

    private static unsafe PackedPoints<TField> Compute<TField>(PackedPoints<TField> points, SplitScalar scalar)
        where TField : unmanaged, IFieldElement<TField>
    {
        PointBuffer results = points.Adder.NewBuffer(points.Count);
        int jobs = (points.Count + MultiplicationList.Capacity - 1) / MultiplicationList.Capacity;
        Workers.For(jobs, job =>
        {
            MultiplicationList list = MultiplicationList.Rent(points.Adder);
            int start = job * MultiplicationList.Capacity;
            int end = Math.Min(start + MultiplicationList.Capacity, points.Count);
            for (int i = start; i < end; i++)
            {
                list.Add(PointReference.To(points.At(i)), scalar, results.At(i));
            }

            list.Flush();
            MultiplicationList.Return(list);
        });
        GC.KeepAlive(points);
        return new PackedPoints<TField>(results, 0, points.Count, points.Adder);
    }
}
