using VerifiableML.Model.Quantized;

namespace VerifiableML.Model.Execution.Vectorized;

/// <summary>
/// Takes the accumulators of one node as they are finished, from several threads at disjoint places: adds the bias to those that lack it, keeps
/// them where the node has a requantization, and writes the outputs.
/// </summary>
internal sealed class AccumulatorSink
{
    private readonly AccumulatingNode _node;
    private readonly int[] _output;
    private readonly int[] _table;
    private readonly int _first;
    private readonly int _shift;
    private readonly long _half;

    public AccumulatorSink(AccumulatingNode node, int[] output)
    {
        (_node, _output, _table) = (node, output, []);
        if (node.Requantization is { } requantization)
        {
            Accumulators = GC.AllocateUninitializedArray<long>(output.Length);
            _table = [.. requantization.Table.Values];
            (_first, _shift, _half) = (requantization.Table.First, requantization.Shift, requantization.Half);
        }
    }

    /// <summary>The accumulators, or null for a node without requantization.</summary>
    public long[]? Accumulators { get; }

    /// <summary>Finishes cells from <paramref name="start"/> on; <paramref name="sums"/> include the bias.</summary>
    public void Write(int start, ReadOnlySpan<long> sums)
    {
        Span<int> output = _output.AsSpan(start, sums.Length);
        if (Accumulators is null)
        {
            for (int i = 0; i < sums.Length; i++)
            {
                output[i] = checked((int)sums[i]);
            }

            return;
        }

        sums.CopyTo(Accumulators.AsSpan(start));
        Requantize(sums, output);
    }

    /// <summary>Finishes channels from <paramref name="channel"/> on of the cell row at <paramref name="start"/>; the bias is added here.</summary>
    public void WriteWithoutBias(int start, int channel, ReadOnlySpan<double> sums)
    {
        ReadOnlySpan<long> bias = _node.Bias.AsSpan();
        Span<int> output = _output.AsSpan(start, sums.Length);
        if (Accumulators is null)
        {
            for (int i = 0; i < sums.Length; i++)
            {
                output[i] = checked((int)((long)sums[i] + (bias.IsEmpty ? 0 : bias[channel + i])));
            }

            return;
        }

        Span<long> accumulators = Accumulators.AsSpan(start, sums.Length);
        for (int i = 0; i < sums.Length; i++)
        {
            accumulators[i] = (long)sums[i];
        }

        if (!bias.IsEmpty)
        {
            bias = bias.Slice(channel, sums.Length);
            for (int i = 0; i < accumulators.Length; i++)
            {
                accumulators[i] += bias[i];
            }
        }

        Requantize(accumulators, output);
    }

    private void Requantize(ReadOnlySpan<long> accumulators, Span<int> output)
    {
        int[] table = _table;
        int last = table.Length - 1;
        for (int i = 0; i < accumulators.Length; i++)
        {
            long index = ((accumulators[i] + _half) >> _shift) - _first;
            output[i] = table[(int)Math.Min(Math.Max(index, 0), last)];
        }
    }
}
