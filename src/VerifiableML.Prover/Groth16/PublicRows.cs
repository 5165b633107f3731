using VerifiableML.Algebra;
using VerifiableML.Circuits.ConstraintSystems;

namespace VerifiableML.Prover.Groth16;

/// <summary>The rows that Groth16 appends to a constraint system, one for the constant and one for each public wire: <c>w_i · 0 = 0</c>.</summary>
internal static class PublicRows
{
    /// <summary>The matrix with <paramref name="count"/> rows more, in which wire 0, wire 1, … stand alone.</summary>
    public static SparseMatrix AppendUnitRows(SparseMatrix matrix, int count)
    {
        int rows = matrix.Rows;
        int terms = matrix.TermCount;
        (ReadOnlyMemory<Fr> table, int one) = TableWithOne(matrix.Coefficients);
        var starts = new int[rows + count + 1];
        var wires = new int[terms + count];
        var indices = new int[terms + count];
        matrix.RowStarts.CopyTo(starts);
        matrix.Wires.CopyTo(wires);
        matrix.CoefficientIndices.CopyTo(indices);
        for (int i = 0; i < count; i++)
        {
            wires[terms + i] = i;
            indices[terms + i] = one;
            starts[rows + i + 1] = terms + i + 1;
        }

        return new SparseMatrix(starts, wires, indices, table);
    }

    /// <summary>The matrix with <paramref name="count"/> empty rows more.</summary>
    public static SparseMatrix AppendEmptyRows(SparseMatrix matrix, int count)
    {
        var starts = new int[matrix.Rows + count + 1];
        matrix.RowStarts.CopyTo(starts);
        starts.AsSpan(matrix.Rows + 1).Fill(matrix.TermCount);
        return new SparseMatrix(starts, matrix.Wires.ToArray(), matrix.CoefficientIndices.ToArray(), matrix.Coefficients.ToArray());
    }

    private static (ReadOnlyMemory<Fr> Table, int One) TableWithOne(ReadOnlySpan<Fr> coefficients)
    {
        int one = coefficients.IndexOf(Fr.One);
        return one >= 0 ? (coefficients.ToArray(), one) : ((Fr[])[.. coefficients, Fr.One], coefficients.Length);
    }
}
