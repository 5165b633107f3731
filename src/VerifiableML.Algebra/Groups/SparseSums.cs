namespace VerifiableML.Algebra.Groups;

/// <summary>
/// Σ_i a_ij·P_i for every column j of a sparse matrix, as the keys of a constraint system need them. Terms with coefficient ±1 cost an
/// addition, others a multiplication for each row and coefficient. Not constant in time.
/// </summary>
public static class SparseSums
{
    // Entries that a thread adds up at a time.
    private const int EntriesPerJob = 1 << 14;

    /// <summary>The sums of all columns.</summary>
    /// <param name="points">P_i, as many as the matrix has rows, or more.</param>
    /// <param name="matrix">The coefficients a_ij.</param>
    /// <param name="columns">Number of columns.</param>
    /// <returns>A point for each column, infinity for an empty one.</returns>
    /// <exception cref="ArgumentException">There are more rows than points, or a term's column or coefficient does not exist.</exception>
    public static G1Bases Compute(G1Bases points, in SparseRows matrix, int columns)
    {
        ArgumentNullException.ThrowIfNull(points);
        return new G1Bases(Compute(points.Points, matrix, columns));
    }

    /// <summary>The same in G2.</summary>
    /// <inheritdoc cref="Compute(G1Bases, in SparseRows, int)"/>
    public static G2Bases Compute(G2Bases points, in SparseRows matrix, int columns)
    {
        ArgumentNullException.ThrowIfNull(points);
        return new G2Bases(Compute(points.Points, matrix, columns));
    }

    private static PackedPoints<TField> Compute<TField>(PackedPoints<TField> points, in SparseRows matrix, int columns)
        where TField : unmanaged, IFieldElement<TField>
    {
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        if (matrix.Rows > points.Count)
        {
            throw new ArgumentException($"{matrix.Rows} rows need as many points; there are {points.Count}.", nameof(matrix));
        }

        var products = new SparseProducts(matrix, columns);
        PointBuffer places = points.Adder.NewBuffer(checked(matrix.Rows + products.Count));
        points.Slice(0, matrix.Rows).CopyTo(places, 0);
        Multiply(points.Adder, products, places, matrix.Rows);
        PointBuffer sums = points.Adder.NewBuffer(columns);
        AddUp(points.Adder, products, places, sums, columns);
        return new PackedPoints<TField>(sums, 0, columns, points.Adder);
    }

    /// <summary>Computes the products, each at its place behind the points.</summary>
    private static unsafe void Multiply(BatchAdder adder, SparseProducts products, PointBuffer places, int rows)
    {
        int[] order = products.OrderByLength();
        int jobs = (order.Length + MultiplicationList.Capacity - 1) / MultiplicationList.Capacity;
        Workers.For(jobs, job =>
        {
            MultiplicationList list = MultiplicationList.Rent(adder);
            int end = Math.Min((job + 1) * MultiplicationList.Capacity, order.Length);
            for (int i = job * MultiplicationList.Capacity; i < end; i++)
            {
                (int row, SplitScalar scalar) = products[order[i]];
                list.Add(PointReference.To(places.At(row)), scalar, places.At(rows + order[i]));
            }

            list.Flush();
            MultiplicationList.Return(list);
        });
    }

    /// <summary>Adds up each column's entries.</summary>
    private static unsafe void AddUp(BatchAdder adder, SparseProducts products, PointBuffer places, PointBuffer sums, int columns)
    {
        int[] starts = products.ColumnStarts;
        List<(int First, int End)> jobs = [];
        for (int first = 0, end = 0; first < columns; first = end)
        {
            for (end = first + 1; end < columns && starts[end + 1] - starts[first] <= EntriesPerJob; end++)
            {
            }

            jobs.Add((first, end));
        }

        Workers.For(jobs.Count, job =>
        {
            (int first, int end) = jobs[job];
            BucketWorkspace workspace = BucketWorkspace.Rent(adder);
            fixed (uint* entries = products.Entries)
            {
                var ends = new int[end - first];
                for (int column = first; column < end; column++)
                {
                    ends[column - first] = starts[column + 1] - starts[first];
                }

                workspace.AddUp(places.Pointer, entries + starts[first], ends, sums.At(first));
            }

            BucketWorkspace.Return(workspace);
        });
        GC.KeepAlive(places);
        GC.KeepAlive(sums);
    }
}
