using System.Collections.Immutable;
using VerifiableML.Circuits.Layout;
using VerifiableML.Circuits.Relations;
using VerifiableML.Circuits.Tables;

namespace VerifiableML.Circuits.Compilation;

/// <summary>Collects the parts of a circuit before they are given their places.</summary>
/// <param name="weightRowBits">Logarithm of the number of rows over which weights are spread.</param>
internal sealed class CircuitBuilder(int weightRowBits)
{
    private readonly List<LookupTable> _tables = [];
    private readonly List<int> _multiplicities = [];

    public int WeightRowBits { get; } = weightRowBits;

    public List<Column> Columns { get; } = [];

    public List<VirtualColumn> VirtualColumns { get; } = [];

    public List<WeightSegment> Segments { get; } = [];

    public List<Lookup> Lookups { get; } = [];

    public List<Relation> Relations { get; } = [];

    public List<int> ValueColumns { get; } = [];

    public int? BlindingColumn { get; set; }

    public IReadOnlyList<LookupTable> Tables => _tables;

    public IReadOnlyList<int> Multiplicities => _multiplicities;

    public int AddColumn(string name, int bits)
    {
        Columns.Add(new Column(name, bits) { Index = Columns.Count });
        return Columns.Count - 1;
    }

    public VirtualColumn AddVirtual(string name, int bits)
    {
        var column = new VirtualColumn(name, bits, VirtualColumns.Count);
        VirtualColumns.Add(column);
        return column;
    }

    public int AddSegment(WeightSegment segment)
    {
        Segments.Add(segment with { Index = Segments.Count });
        return Segments.Count - 1;
    }

    /// <summary>Adds a column of lookups. Equal tables are one table.</summary>
    public int AddLookup(string name, LookupTable table, int bits)
    {
        int index = _tables.IndexOf(table);
        if (index < 0)
        {
            index = _tables.Count;
            _tables.Add(table);
            _multiplicities.Add(AddColumn($"multiplicities of table {index}, {table.Name}", table.Bits));
        }

        Lookups.Add(new Lookup(name, index, bits, Lookups.Count));
        return Lookups.Count - 1;
    }

    /// <summary>Places lookups and tables among the leaves of the fraction tree, longest first.</summary>
    public (ImmutableArray<LeafSegment> Lookups, ImmutableArray<LeafSegment> Tables, long Used) PlaceLeaves()
    {
        var bits = Lookups.Select(lookup => lookup.Bits).Concat(_tables.Select(table => table.Bits)).ToArray();
        var placed = new LeafSegment[bits.Length];
        long offset = 0;
        foreach (int i in Enumerable.Range(0, bits.Length).OrderByDescending(i => bits[i]).ThenBy(i => i))
        {
            placed[i] = new LeafSegment(bits[i], offset);
            offset += 1L << bits[i];
        }

        return ([.. placed.AsSpan(0, Lookups.Count)], [.. placed.AsSpan(Lookups.Count)], offset);
    }
}
