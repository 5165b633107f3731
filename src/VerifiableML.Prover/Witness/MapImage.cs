using VerifiableML.Circuits.Layout;
using VerifiableML.Circuits.Relations;
using VerifiableML.Model.Quantized;

namespace VerifiableML.Prover.Witness;

/// <summary>Computes the image of one batch entry under the map of a weighted sum's term, on padded cells.</summary>
internal static class MapImage
{
    public static void Add(SumTerm term, TensorShape shape, TensorLayout layout, ReadOnlySpan<int> input, Span<int> image)
    {
        switch (term.Map)
        {
            case SeparableMap map:
                AddSeparable(map, term, layout, input, image);
                break;
            case GatherMap map:
                AddGathered(map, term, shape, layout, input, image);
                break;
        }
    }

    private static void AddSeparable(SeparableMap map, SumTerm term, TensorLayout layout, ReadOnlySpan<int> input, Span<int> image)
    {
        ReadOnlySpan<AxisLink> rows = Links(map.Rows);
        ReadOnlySpan<AxisLink> columns = Links(map.Columns);
        ReadOnlySpan<AxisLink> channels = Links(map.Channels);
        foreach (AxisLink row in rows)
        {
            foreach (AxisLink column in columns)
            {
                int source = term.InputLayout.CellAddress(row.Input, column.Input, 0);
                int target = layout.CellAddress(row.Output, column.Output, 0);
                int coefficient = row.Coefficient * column.Coefficient;
                foreach (AxisLink channel in channels)
                {
                    image[target + channel.Output] += coefficient * channel.Coefficient * input[source + channel.Input];
                }
            }
        }
    }

    private static AxisLink[] Links(AxisMap map) =>
        map.IsIdentity ? [.. Enumerable.Range(0, map.InputSize).Select(i => new AxisLink(i, i, 1))] : [.. map.Links];

    private static void AddGathered(
        GatherMap map, SumTerm term, TensorShape shape, TensorLayout layout, ReadOnlySpan<int> input, Span<int> image)
    {
        for (int cell = 0; cell < map.Source.Length; cell++)
        {
            if (map.Source[cell] >= 0)
            {
                image[layout.CellAddress(shape, cell)] = input[term.InputLayout.CellAddress(term.InputShape, map.Source[cell])];
            }
        }
    }
}
