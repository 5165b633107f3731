using System.Buffers;
using VerifiableML.Model.Quantized;

namespace VerifiableML.Model.Execution.Vectorized;

/// <summary>Weighted sums, one output line a task; runs of channels are handled as spans.</summary>
internal static class VectorWeightedSum
{
    private const long WorthATask = 1 << 15;

    public static void Run(
        WeightedSumNode node, QuantizedModel model, int[][] values, AccumulatorSink sink, int batchSize, ParallelOptions parallel)
    {
        TensorShape output = node.Output.Shape;
        PreparedTerm[] terms = [.. node.Terms.Select(term => new PreparedTerm(term, model.Tensor(term.Input).Shape, values[term.Input]))];
        int lineCells = output.Columns * output.Channels;
        ParallelLoop.Run(batchSize * output.Rows, (long)batchSize * output.Cells * terms.Length > WorthATask, parallel, line =>
        {
            (int b, int y) = Math.DivRem(line, output.Rows);
            long[] buffer = ArrayPool<long>.Shared.Rent(lineCells);
            Span<long> sums = buffer.AsSpan(0, lineCells);
            sums.Clear();
            for (int x = 0; x < output.Columns && !node.Bias.IsEmpty; x++)
            {
                node.Bias.AsSpan().CopyTo(sums[(x * output.Channels)..]);
            }

            foreach (PreparedTerm term in terms)
            {
                term.AddLine(b, y, output, sums);
            }

            sink.Write(line * lineCells, sums);
            ArrayPool<long>.Shared.Return(buffer);
        });
    }

    /// <summary>A term with its links sorted by output line.</summary>
    private sealed class PreparedTerm(WeightedTerm term, TensorShape input, int[] values)
    {
        private readonly ILookup<int, AxisLink>? _rows =
            term.Map is SeparableMap map ? Links(map.Rows).ToLookup(link => link.Output) : null;

        private readonly AxisLink[] _columns = term.Map is SeparableMap map ? Links(map.Columns) : [];
        private readonly AxisMap? _channels = (term.Map as SeparableMap)?.Channels;

        public void AddLine(int batch, int y, TensorShape output, Span<long> sums)
        {
            ReadOnlySpan<int> source = values.AsSpan(batch * input.Cells, input.Cells);
            if (term.Map is GatherMap gather)
            {
                ReadOnlySpan<int> cells = gather.Source.AsSpan(y * sums.Length, sums.Length);
                for (int i = 0; i < cells.Length; i++)
                {
                    sums[i] += cells[i] >= 0 ? (long)term.Coefficient * source[cells[i]] : 0;
                }

                return;
            }

            foreach (AxisLink row in _rows![y])
            {
                foreach (AxisLink column in _columns)
                {
                    AddChannels(
                        (long)term.Coefficient * row.Coefficient * column.Coefficient,
                        source.Slice(((row.Input * input.Columns) + column.Input) * input.Channels, input.Channels),
                        sums.Slice(column.Output * output.Channels, output.Channels));
                }
            }
        }

        private void AddChannels(long weight, ReadOnlySpan<int> source, Span<long> sums)
        {
            if (_channels!.IsIdentity)
            {
                for (int c = 0; c < sums.Length; c++)
                {
                    sums[c] += weight * source[c];
                }

                return;
            }

            foreach (AxisLink link in _channels.Links)
            {
                sums[link.Output] += weight * link.Coefficient * source[link.Input];
            }
        }

        private static AxisLink[] Links(AxisMap map) =>
            map.IsIdentity ? [.. Enumerable.Range(0, map.OutputSize).Select(i => new AxisLink(i, i, 1))] : [.. map.Links];
    }
}
