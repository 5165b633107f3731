using VerifiableML.Circuits.Layout;
using VerifiableML.Circuits.Tables;
using VerifiableML.Circuits.Verification;

namespace VerifiableML.Circuits.Tests.Layout;

/// <summary>What the claims rely on: everything stands at a multiple of its own length, and nothing overlaps.</summary>
public sealed class PlacementTests
{
    public static TheoryData<string> Names => Draw.CaseNames;

    [Theory]
    [MemberData(nameof(Names))]
    public void Columns_segments_and_leaves_are_aligned_and_apart(string name)
    {
        Circuit circuit = Draw.Circuit(name);
        AssertPlaced(
            circuit.Columns.Select(column => (column.Offset, 1L << column.Bits, 1L << column.Bits)),
            (long)circuit.Layout.WitnessRows << circuit.Layout.ColumnBits);
        AssertPlaced(
            circuit.Segments.Select(segment => ((long)segment.Offset, segment.Columns, 1L << segment.BlockBits)), 1L << circuit.Layout.ColumnBits);
        AssertPlaced(
            circuit.LookupLeaves.Concat(circuit.TableLeaves).Select(leaves => (leaves.Offset, 1L << leaves.Bits, 1L << leaves.Bits)),
            1L << circuit.LookupLevels);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_lookup_point_is_long_enough_for_all_that_is_evaluated_there(string name)
    {
        Circuit circuit = Draw.Circuit(name);
        Assert.True(circuit.LookupLevels >= 1);
        Assert.All(circuit.Columns, column => Assert.InRange(column.Bits, 0, circuit.LookupLevels));
        Assert.InRange(circuit.Layout.WeightRowBits, 0, circuit.LookupLevels);
        Assert.True(circuit.Layout.WitnessRows <= 1 << circuit.Layout.WitnessRowBits);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_column_is_asked_for_once(string name)
    {
        Circuit circuit = Draw.Circuit(name);

        // A weighted sum asks for one coefficient after the other under one name.
        string[] labels = [.. MessageInventory.Of(circuit).Labels.Where(label => !label.EndsWith(", coefficients", StringComparison.Ordinal))];
        Assert.Equal(labels.Length, labels.Distinct().Count());
        Assert.All(circuit.Columns, column => Assert.Contains(column.Name, labels));
        Assert.All(circuit.VirtualColumns, column => Assert.Contains(column.Name, labels));
        Assert.All(circuit.Lookups, lookup => Assert.Equal(lookup.Bits, circuit.LookupLeaves[lookup.Index].Bits));
        Assert.All(circuit.Tables.Zip(circuit.Multiplicities), pair => Assert.Equal(pair.First.Bits, pair.Second.Bits));
    }

    [Theory]
    [InlineData("committed input and output")]
    [InlineData("committed input, one witness row")]
    [InlineData("committed output, batch of 3")]
    public void A_column_published_by_its_commitment_shares_its_rows_with_none(string name)
    {
        Circuit circuit = Draw.Circuit(name);
        List<Column> own = [];
        if (circuit.Options.Input == Visibility.Committed)
        {
            own.Add(circuit.ValueColumns[0]);
        }

        if (circuit.Options.Output == Visibility.Committed)
        {
            own.Add(circuit.ValueColumns[circuit.Architecture.OutputValue]);
        }

        foreach (Column column in own)
        {
            (int first, int count) = circuit.RowsOf(column);
            Assert.Equal(column.Offset, (long)first << circuit.Layout.ColumnBits);
            Assert.DoesNotContain(circuit.Columns, other => other.Index != column.Index
                && other.Offset < (long)(first + count) << circuit.Layout.ColumnBits
                && other.Offset + (1L << other.Bits) > (long)first << circuit.Layout.ColumnBits);
        }

        Assert.InRange(circuit.Layout.WitnessRows, 1, circuit.Options.MaximumWitnessRows + (2 * own.Count));
    }

    private static void AssertPlaced(IEnumerable<(long Offset, long Length, long Unit)> parts, long end)
    {
        long taken = 0;
        foreach ((long offset, long length, long unit) in parts.OrderBy(part => part.Offset))
        {
            Assert.True(offset >= taken);
            Assert.Equal(0, offset % unit);
            taken = offset + length;
        }

        Assert.True(taken <= end);
    }
}
