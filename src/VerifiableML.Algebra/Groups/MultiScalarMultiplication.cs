using System.Numerics;
using VerifiableML.Algebra.Vectors;

namespace VerifiableML.Algebra.Groups;

/// <summary>
/// Σ s_i·P_i for scalars s_i and points P_i. There may be fewer scalars than points; the further points count for nothing, and so do,
/// in time as well, the points whose scalar is zero. Not constant in time.
/// </summary>
public static unsafe class MultiScalarMultiplication
{
    /// <summary>Field elements as scalars. Small integers and their negatives cost as little as with <see cref="ComputeSmall(G1Bases, ReadOnlySpan{long})"/>.</summary>
    /// <exception cref="ArgumentException">There are more scalars than bases.</exception>
    public static G1 Compute(G1Bases bases, FrSlice scalars)
    {
        ArgumentNullException.ThrowIfNull(bases);
        return G1.FromJacobian(ComputeField(bases.Points, scalars));
    }

    /// <summary>Field elements as scalars, in G2.</summary>
    /// <exception cref="ArgumentException">There are more scalars than bases.</exception>
    public static G2 Compute(G2Bases bases, FrSlice scalars)
    {
        ArgumentNullException.ThrowIfNull(bases);
        return G2.FromJacobian(ComputeField(bases.Points, scalars));
    }

    /// <summary>Signed integers as scalars; the time depends on the largest absolute value.</summary>
    /// <exception cref="ArgumentException">There are more scalars than bases.</exception>
    public static G1 ComputeSmall(G1Bases bases, ReadOnlySpan<int> scalars) => ComputeIntegers(bases, scalars, 1, scalars.Length)[0];

    /// <summary>Signed integers as scalars; the time depends on the largest absolute value.</summary>
    /// <exception cref="ArgumentException">There are more scalars than bases.</exception>
    public static G1 ComputeSmall(G1Bases bases, ReadOnlySpan<long> scalars) => ComputeIntegers(bases, scalars, 1, scalars.Length)[0];

    /// <summary>Many rows of signed integers against the same bases.</summary>
    /// <param name="bases">At least <paramref name="columns"/> points.</param>
    /// <param name="matrix">The scalars, row after row.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="columns">Scalars in a row.</param>
    /// <returns>One sum for each row.</returns>
    /// <exception cref="ArgumentException">There are more columns than bases, or the matrix has another size.</exception>
    public static G1[] ComputeRows(G1Bases bases, ReadOnlyMemory<int> matrix, int rows, int columns)
    {
        RequireSize(matrix.Length, rows, columns);
        return ComputeIntegers(bases, matrix.Span, rows, columns);
    }

    /// <summary>Many rows of wide signed integers against the same bases.</summary>
    /// <inheritdoc cref="ComputeRows(G1Bases, ReadOnlyMemory{int}, int, int)"/>
    public static G1[] ComputeRows(G1Bases bases, ReadOnlyMemory<long> matrix, int rows, int columns)
    {
        RequireSize(matrix.Length, rows, columns);
        return ComputeIntegers(bases, matrix.Span, rows, columns);
    }

    private static JacobianPoint<TField> ComputeField<TField>(PackedPoints<TField> bases, FrSlice scalars)
        where TField : unmanaged, IFieldElement<TField>
    {
        RequireEnough(bases.Count, scalars.Length);
        using var digits = new ScalarDigits(scalars);
        if (digits.Length == 0)
        {
            return JacobianPoint<TField>.Infinity;
        }

        WindowPlan plan = WindowPlan.Choose(digits.Bits, digits.Length, LengthProfile.Long, digits.Length, 1, Workers.Count);
        digits.Use(plan);
        return new BucketMethod<TField>(bases, digits, plan, 1).Run()[0];
    }

    private static G1[] ComputeIntegers<T>(G1Bases bases, ReadOnlySpan<T> values, int rows, int columns)
        where T : unmanaged, IBinaryInteger<T>, ISignedNumber<T>
    {
        ArgumentNullException.ThrowIfNull(bases);
        RequireEnough(bases.Count, columns);
        ScalarStatistics statistics = ScalarStatistics.Of(values);
        if (statistics.Terms == 0)
        {
            return new G1[rows];
        }

        WindowPlan plan = WindowPlan.Choose(
            statistics.Bits, (double)statistics.Terms / rows, statistics.Lengths, columns, rows, Workers.Count);
        fixed (T* pointer = values)
        {
            var digits = new IntegerDigits<T>(pointer, columns, plan);
            return G1.FromJacobian(new BucketMethod<Fq>(bases.Points, digits, plan, rows).Run());
        }
    }

    private static void RequireSize(int length, int rows, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        if (length != (long)rows * columns)
        {
            throw new ArgumentException($"{rows} rows of {columns} scalars are not {length} scalars.");
        }
    }

    private static void RequireEnough(int bases, int scalars)
    {
        if (scalars > bases)
        {
            throw new ArgumentException($"{scalars} scalars need as many bases; there are {bases}.", nameof(scalars));
        }
    }
}
