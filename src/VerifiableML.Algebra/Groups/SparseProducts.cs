namespace VerifiableML.Algebra.Groups;

/// <summary>
/// A sparse matrix turned to columns, with the products c·P_i that it asks for: those of a row's point with the same coefficient up to sign are
/// one product. A term becomes an <i>entry</i>, place · 2 + sign, where the places are the points' (for coefficients ±1) and then the
/// products'.
/// </summary>
internal sealed class SparseProducts
{
    private readonly CoefficientClasses _classes;
    private readonly List<(int Row, int Class)> _products = [];

    /// <param name="matrix">The matrix.</param>
    /// <param name="columns">Number of columns.</param>
    /// <exception cref="ArgumentException">A term's column or coefficient does not exist.</exception>
    public SparseProducts(in SparseRows matrix, int columns)
    {
        _classes = new CoefficientClasses(matrix.Coefficients);
        uint[] unsorted = new uint[matrix.Columns.Length];
        FindEntries(matrix, columns, unsorted);
        ColumnStarts = CountColumns(matrix, columns);
        Entries = new uint[ColumnStarts[columns]];
        int[] cursor = ColumnStarts[..columns];
        for (int term = 0; term < unsorted.Length; term++)
        {
            if (_classes[matrix.CoefficientIndices[term]] != CoefficientClasses.None)
            {
                Entries[cursor[matrix.Columns[term]]++] = unsorted[term];
            }
        }
    }

    /// <summary>Number of products.</summary>
    public int Count => _products.Count;

    /// <summary>Where each column's entries start, and where the last column's end.</summary>
    public int[] ColumnStarts { get; }

    /// <summary>The terms, column after column, without those of coefficient zero.</summary>
    public uint[] Entries { get; }

    /// <summary>The row whose point a product is a multiple of, and the scalar.</summary>
    public (int Row, SplitScalar Scalar) this[int product] => (_products[product].Row, _classes.Scalar(_products[product].Class));

    /// <summary>The products in an order in which those of about the same length are neighbours, so that they end together.</summary>
    public int[] OrderByLength()
    {
        var order = new int[Count];
        var lengths = new int[Count];
        for (int i = 0; i < order.Length; i++)
        {
            order[i] = i;
            lengths[i] = _classes.Length(_products[i].Class);
        }

        Array.Sort(lengths, order);
        return order;
    }

    private void FindEntries(in SparseRows matrix, int columns, Span<uint> entries)
    {
        var lastRow = new int[_classes.Count];
        var lastPlace = new int[_classes.Count];
        Array.Fill(lastRow, -1);
        for (int row = 0; row < matrix.Rows; row++)
        {
            for (int term = matrix.RowStarts[row]; term < matrix.RowStarts[row + 1]; term++)
            {
                int coefficient = matrix.CoefficientIndices[term];
                if ((uint)matrix.Columns[term] >= (uint)columns || (uint)coefficient >= (uint)matrix.Coefficients.Length)
                {
                    throw new ArgumentException($"Term {term} has no such column or coefficient.", nameof(matrix));
                }

                int kind = _classes[coefficient];
                if (kind > 0 && lastRow[kind] != row)
                {
                    lastRow[kind] = row;
                    lastPlace[kind] = matrix.Rows + _products.Count;
                    _products.Add((row, kind));
                }

                int place = kind > 0 ? lastPlace[kind] : row;
                entries[term] = ((uint)place << 1) | (_classes.IsNegative(coefficient) ? 1u : 0u);
            }
        }
    }

    private int[] CountColumns(in SparseRows matrix, int columns)
    {
        var starts = new int[columns + 1];
        for (int term = 0; term < matrix.Columns.Length; term++)
        {
            if (_classes[matrix.CoefficientIndices[term]] != CoefficientClasses.None)
            {
                starts[matrix.Columns[term] + 1]++;
            }
        }

        for (int column = 0; column < columns; column++)
        {
            starts[column + 1] += starts[column];
        }

        return starts;
    }
}
