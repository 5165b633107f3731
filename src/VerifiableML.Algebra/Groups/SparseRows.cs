namespace VerifiableML.Algebra.Groups;

/// <summary>
/// A matrix of field elements in compressed rows, as <see cref="SparseSums"/> reads it: row i has the terms from <c>RowStarts[i]</c> to
/// <c>RowStarts[i + 1]</c>, each a column and the place of its coefficient in a table.
/// </summary>
public readonly ref struct SparseRows
{
    /// <summary>A matrix over given memory.</summary>
    /// <param name="rowStarts">Starts of the rows, not descending, and the end of the last.</param>
    /// <param name="columns">The column of each term.</param>
    /// <param name="coefficientIndices">The place of each term's coefficient in the table.</param>
    /// <param name="coefficients">The table.</param>
    /// <exception cref="ArgumentException">The parts do not fit together.</exception>
    public SparseRows(
        ReadOnlySpan<int> rowStarts, ReadOnlySpan<int> columns, ReadOnlySpan<int> coefficientIndices, ReadOnlySpan<Fr> coefficients)
    {
        if (rowStarts.Length == 0 || rowStarts[0] != 0 || rowStarts[^1] != columns.Length || columns.Length != coefficientIndices.Length)
        {
            throw new ArgumentException("The rows do not cover the terms.");
        }

        RowStarts = rowStarts;
        Columns = columns;
        CoefficientIndices = coefficientIndices;
        Coefficients = coefficients;
    }

    /// <summary>Number of rows.</summary>
    public int Rows => RowStarts.Length - 1;

    /// <summary>Starts of the rows, and the end of the last.</summary>
    public ReadOnlySpan<int> RowStarts { get; }

    /// <summary>The column of each term.</summary>
    public ReadOnlySpan<int> Columns { get; }

    /// <summary>The place of each term's coefficient in <see cref="Coefficients"/>.</summary>
    public ReadOnlySpan<int> CoefficientIndices { get; }

    /// <summary>The coefficients that occur.</summary>
    public ReadOnlySpan<Fr> Coefficients { get; }
}
