using VerifiableML.Model.Quantized;

namespace VerifiableML.Model.Execution.Reference;

/// <summary>Accumulators of a <see cref="WeightedSumNode"/>, by its formula.</summary>
internal static class WeightedSumOperator
{
    /// <summary>Values of the terms' inputs → accumulators <c>[b][y][x][c]</c>.</summary>
    public static long[] Accumulate(WeightedSumNode node, QuantizedModel model, int[][] values, int batchSize)
    {
        TensorShape output = node.Output.Shape;
        var accumulators = new long[batchSize * output.Cells];
        if (!node.Bias.IsEmpty)
        {
            for (int i = 0; i < accumulators.Length; i++)
            {
                accumulators[i] = node.Bias[i % output.Channels];
            }
        }

        foreach (WeightedTerm term in node.Terms)
        {
            TensorShape input = model.Tensor(term.Input).Shape;
            for (int b = 0; b < batchSize; b++)
            {
                ReadOnlySpan<int> source = values[term.Input].AsSpan(b * input.Cells, input.Cells);
                Span<long> destination = accumulators.AsSpan(b * output.Cells, output.Cells);
                if (term.Map is GatherMap gather)
                {
                    AddGather(gather, term.Coefficient, source, destination);
                }
                else
                {
                    AddSeparable((SeparableMap)term.Map, term.Coefficient, input, source, output, destination);
                }
            }
        }

        return accumulators;
    }

    private static void AddGather(GatherMap map, long coefficient, ReadOnlySpan<int> source, Span<long> destination)
    {
        for (int i = 0; i < destination.Length; i++)
        {
            if (map.Source[i] >= 0)
            {
                destination[i] += coefficient * source[map.Source[i]];
            }
        }
    }

    private static void AddSeparable(
        SeparableMap map, long coefficient, TensorShape input, ReadOnlySpan<int> source, TensorShape output, Span<long> destination)
    {
        AxisLink[] channels = Links(map.Channels);
        AxisLink[] columns = Links(map.Columns);
        foreach (AxisLink row in Links(map.Rows))
        {
            foreach (AxisLink column in columns)
            {
                int from = ((row.Input * input.Columns) + column.Input) * input.Channels;
                int to = ((row.Output * output.Columns) + column.Output) * output.Channels;
                long weight = coefficient * row.Coefficient * column.Coefficient;
                foreach (AxisLink channel in channels)
                {
                    destination[to + channel.Output] += weight * channel.Coefficient * source[from + channel.Input];
                }
            }
        }
    }

    private static AxisLink[] Links(AxisMap map) =>
        map.IsIdentity ? [.. Enumerable.Range(0, map.OutputSize).Select(i => new AxisLink(i, i, 1))] : [.. map.Links];
}
