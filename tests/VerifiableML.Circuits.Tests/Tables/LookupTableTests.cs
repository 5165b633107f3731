using VerifiableML.Algebra;
using VerifiableML.Circuits.Tables;
using VerifiableML.Model.Quantized;
using VerifiableML.Protocol.Claims;

namespace VerifiableML.Circuits.Tests.Tables;

/// <summary>Tables as the verifier evaluates them, against their rows one by one.</summary>
public sealed class LookupTableTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 60)];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(9)]
    public void Ranges_and_maxima(int bits)
    {
        AssertMatches(new RangeTable(bits));
        AssertMatches(new MaximumTable(bits));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Saturating_tables_of_any_position_and_length(int seed)
    {
        var random = new Random(seed);
        int bits = random.Next(1, 10);
        int[] values = [.. Enumerable.Range(0, random.Next(1, 40)).Select(_ => random.Next(-3, 4))];

        // Centres inside the domain, across its ends and beyond them.
        AssertMatches(new SaturatingTable(new ActivationTable("f", bits, random.Next(-(1 << bits), 1 << bits), [.. values])));
    }

    [Fact]
    public void Only_a_function_that_is_not_zero_at_zero_gives_up_its_least_key()
    {
        var zero = new SaturatingTable(new ActivationTable("f", 4, -1, [5, 0, 7]));
        var live = new SaturatingTable(new ActivationTable("f", 4, -1, [5, 6, 7]));
        Assert.False(zero.MarksPadding);
        Assert.Equal(5, zero.Value(-8));
        Assert.True(live.MarksPadding);
        Assert.Equal(0, live.Value(-8));
        Assert.Equal(5, live.Value(-7));
    }

    [Fact]
    public void Tables_of_other_kinds_or_contents_differ()
    {
        LookupTable[] tables =
        [
            new RangeTable(4), new MaximumTable(4), new RangeTable(5), new SaturatingTable(new ActivationTable("f", 4, 0, [0, 1])),
            new SaturatingTable(new ActivationTable("f", 4, 0, [0, 2])), new SaturatingTable(new ActivationTable("f", 4, 1, [0, 1])),
            new SaturatingTable(new ActivationTable("f", 5, 0, [0, 1])),
        ];
        Assert.Equal(tables.Length, tables.Distinct().Count());
        Assert.Equal(tables[3], new SaturatingTable(new ActivationTable("another name", 4, 0, [0, 1])));
    }

    private static void AssertMatches(LookupTable table)
    {
        EvaluationPoint<Fr> point = Draw.Point(table.Bits, table.Bits);
        int[] keys = [.. Enumerable.Range(0, 1 << table.Bits).Select(row => table.FirstKey + row)];
        Assert.Equal(Draw.Extension([.. keys.Select(key => Fr.FromInt64(key))], point), table.KeyAt(point));
        Assert.Equal(Draw.Extension([.. keys.Select(key => Fr.FromInt64(table.Value(key)))], point), table.ValueAt(point));
    }
}
