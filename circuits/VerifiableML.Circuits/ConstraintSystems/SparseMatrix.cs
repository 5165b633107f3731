using VerifiableML.Algebra;

namespace VerifiableML.Circuits.ConstraintSystems;

/// <summary>
/// A matrix of field elements in compressed rows: row i has the terms from <c>RowStarts[i]</c> to <c>RowStarts[i + 1]</c>, each a wire and the place of its
/// coefficient in a table. The same few coefficients come back over and over, so the table is short and a term takes eight bytes.
/// </summary>
public sealed class SparseMatrix
{
    private readonly ReadOnlyMemory<int> _rowStarts;
    private readonly ReadOnlyMemory<int> _wires;
    private readonly ReadOnlyMemory<int> _coefficientIndices;
    private readonly ReadOnlyMemory<Fr> _coefficients;

    /// <summary>A matrix over given buffers, which must no longer change.</summary>
    /// <param name="rowStarts">Starts of the rows and the end of the last: one more than there are rows.</param>
    /// <param name="wires">The wire of each term.</param>
    /// <param name="coefficientIndices">The place of each term's coefficient in the table.</param>
    /// <param name="coefficients">The table.</param>
    /// <exception cref="ArgumentException">The buffers do not fit together.</exception>
    public SparseMatrix(
        ReadOnlyMemory<int> rowStarts, ReadOnlyMemory<int> wires, ReadOnlyMemory<int> coefficientIndices, ReadOnlyMemory<Fr> coefficients)
    {
        if (rowStarts.Length == 0 || wires.Length != coefficientIndices.Length || rowStarts.Span[^1] != wires.Length)
        {
            throw new ArgumentException("the rows do not cover the terms");
        }

        _rowStarts = rowStarts;
        _wires = wires;
        _coefficientIndices = coefficientIndices;
        _coefficients = coefficients;
    }

    /// <summary>Number of rows.</summary>
    public int Rows => _rowStarts.Length - 1;

    /// <summary>Number of terms in all rows.</summary>
    public int TermCount => _wires.Length;

    /// <summary>Where each row's terms start, and where the last row's end.</summary>
    public ReadOnlySpan<int> RowStarts => _rowStarts.Span;

    /// <summary>The wire of each term.</summary>
    public ReadOnlySpan<int> Wires => _wires.Span;

    /// <summary>The place of each term's coefficient in <see cref="Coefficients"/>.</summary>
    public ReadOnlySpan<int> CoefficientIndices => _coefficientIndices.Span;

    /// <summary>The coefficients that occur; matrices of one system share them.</summary>
    public ReadOnlySpan<Fr> Coefficients => _coefficients.Span;

    /// <summary>The product of row <paramref name="row"/> with a vector of wires.</summary>
    public Fr Evaluate(int row, ReadOnlySpan<Fr> wires)
    {
        ReadOnlySpan<int> starts = RowStarts;
        ReadOnlySpan<int> places = Wires;
        ReadOnlySpan<int> indices = CoefficientIndices;
        ReadOnlySpan<Fr> table = Coefficients;
        Fr sum = Fr.Zero;
        for (int term = starts[row]; term < starts[row + 1]; term++)
        {
            // Most coefficients are one, which stands first in the table of every system that the builder makes.
            ref readonly Fr coefficient = ref table[indices[term]];
            sum += coefficient == Fr.One ? wires[places[term]] : coefficient * wires[places[term]];
        }

        return sum;
    }
}
