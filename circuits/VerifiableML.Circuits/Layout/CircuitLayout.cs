using System.Collections.Immutable;

namespace VerifiableML.Circuits.Layout;

/// <summary>
/// How the two committed polynomials are cut into rows. Both have <c>2^ColumnBits</c> columns; a row is what one group element commits to.
/// </summary>
/// <param name="ColumnBits">Logarithm of the number of columns.</param>
/// <param name="WitnessRowBits">Logarithm of the number of witness rows, padded.</param>
/// <param name="WitnessRows">Number of witness rows that hold anything; the rows after them are zero and are not sent.</param>
/// <param name="WeightRowBits">Logarithm of the number of rows of the preprocessed data.</param>
public sealed record CircuitLayout(int ColumnBits, int WitnessRowBits, int WitnessRows, int WeightRowBits)
{
    /// <summary>
    /// Extra powers of each row, beyond its columns, in which random scalars stand. They are outside every multilinear evaluation. One would hide a
    /// row's commitment; two more hide the values of the folded row at the opening's two points.
    /// </summary>
    public const int BlindingSlots = 4;

    /// <summary>
    /// Logarithm of the length of the column of random scalars. What <see cref="BlindingSlots"/> add to the opening's cross polynomial is a multiple
    /// of what they add to the row; entries among the columns add something independent, and three values of the cross polynomial are shown.
    /// </summary>
    public const int BlindingColumnBits = 3;

    /// <summary>Variables of the witness polynomial.</summary>
    public int WitnessBits => WitnessRowBits + ColumnBits;

    /// <summary>Powers of tau that committing and opening take.</summary>
    public int RequiredPowers => (1 << ColumnBits) + BlindingSlots;

    /// <summary>Gives every column its place: longest first, so that each starts at a multiple of its length.</summary>
    /// <param name="columns">The columns.</param>
    /// <param name="ownRows">Columns that must not share a row with any other, because their rows are published by themselves.</param>
    /// <param name="columnBits">Logarithm of the row length.</param>
    /// <param name="used">Length of the witness that is taken.</param>
    public static ImmutableArray<Column> Place(IReadOnlyList<Column> columns, IReadOnlySet<int> ownRows, int columnBits, out long used)
    {
        var placed = new Column[columns.Count];
        long offset = 0;
        foreach (Column column in columns.OrderByDescending(c => Length(c)).ThenBy(c => c.Index))
        {
            placed[column.Index] = column with { Offset = offset };
            offset += Length(column);
        }

        used = offset;
        return [.. placed];

        long Length(Column column) => 1L << (ownRows.Contains(column.Index) ? Math.Max(column.Bits, columnBits) : column.Bits);
    }

    /// <summary>Gives every segment its place, largest blocks first.</summary>
    public static ImmutableArray<WeightSegment> Place(IReadOnlyList<WeightSegment> segments, out long used)
    {
        var placed = new WeightSegment[segments.Count];
        long offset = 0;
        foreach (WeightSegment segment in segments.OrderByDescending(s => s.BlockBits).ThenBy(s => s.Index))
        {
            placed[segment.Index] = segment with { Offset = checked((int)offset) };
            offset += segment.Columns;
        }

        used = offset;
        return [.. placed];
    }
}
