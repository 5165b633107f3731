using VerifiableML.Algebra;
using VerifiableML.Circuits.ConstraintSystems;

namespace VerifiableML.Prover.Groth16;

/// <summary>A sparse matrix by columns: for each wire the rows in which it occurs, in ascending order, and its coefficients there.</summary>
internal sealed class SparseColumns
{
    private readonly int[] _starts;
    private readonly (int Row, Fr Coefficient)[] _terms;

    private SparseColumns(int[] starts, (int Row, Fr Coefficient)[] terms) => (_starts, _terms) = (starts, terms);

    /// <summary>The terms of a wire.</summary>
    public ReadOnlySpan<(int Row, Fr Coefficient)> this[int wire] => _terms.AsSpan(_starts[wire].._starts[wire + 1]);

    /// <summary>Sorts the terms of a matrix by wire.</summary>
    public static SparseColumns Of(SparseMatrix matrix, int wireCount)
    {
        var starts = new int[wireCount + 1];
        foreach (int wire in matrix.Wires)
        {
            starts[wire + 1]++;
        }

        for (int wire = 0; wire < wireCount; wire++)
        {
            starts[wire + 1] += starts[wire];
        }

        int[] next = starts.AsSpan(0, wireCount).ToArray();
        var terms = new (int, Fr)[matrix.TermCount];
        for (int row = 0; row < matrix.Rows; row++)
        {
            for (int term = matrix.RowStarts[row]; term < matrix.RowStarts[row + 1]; term++)
            {
                terms[next[matrix.Wires[term]]++] = (row, matrix.Coefficients[matrix.CoefficientIndices[term]]);
            }
        }

        return new SparseColumns(starts, terms);
    }
}
