using VerifiableML.Gpu.Executor.Kernels;
using VerifiableML.Model.Quantized;

namespace VerifiableML.Gpu.Executor;

/// <summary>
/// Where each value, and each node's accumulators, lie in the arena. When all of them are asked for, each has its own place; when only the
/// output is, a value's place is free again after its last reader.
/// </summary>
internal sealed class ArenaLayout
{
    // The accesses of a warp are cut at such boundaries.
    private const long Alignment = 256;

    private readonly List<(long Start, long End)> _used = [];

    private ArenaLayout(int values)
    {
        Values = new CellRange[values];
        Accumulators = new CellRange[values - 1];
    }

    /// <summary>The place of each value.</summary>
    public CellRange[] Values { get; }

    /// <summary>The place of each node's accumulators, of width 0 where they are not kept.</summary>
    public CellRange[] Accumulators { get; }

    /// <summary>Bytes in all.</summary>
    public long Bytes { get; private set; }

    /// <summary>Lays out an execution of <paramref name="batchSize"/> inputs.</summary>
    public static ArenaLayout Create(QuantizedModel model, IReadOnlyList<NodePlan> nodes, int batchSize, bool keepAll)
    {
        var layout = new ArenaLayout(nodes.Count + 1);
        int[] lastReader = LastReaders(model);
        layout.Values[0] = layout.Take(model.Input.Shape.Cells, batchSize, CellWidth.Of(model.Input));
        for (int i = 0; i < nodes.Count; i++)
        {
            int cells = nodes[i].Node.Output.Shape.Cells;
            layout.Values[i + 1] = layout.Take(cells, batchSize, nodes[i].OutputWidth);
            if (keepAll && nodes[i].AccumulatorWidth > 0)
            {
                layout.Accumulators[i] = layout.Take(cells, batchSize, nodes[i].AccumulatorWidth);
            }

            for (int value = 0; value <= i + 1 && !keepAll; value++)
            {
                if (lastReader[value] == i)
                {
                    layout.Free(layout.Values[value]);
                }
            }
        }

        return layout;
    }

    /// <summary>For each value the last node that reads it; one that nobody reads is done with when it is made, and the output never.</summary>
    private static int[] LastReaders(QuantizedModel model)
    {
        int[] last = [.. Enumerable.Range(-1, model.Nodes.Length + 1)];
        for (int i = 0; i < model.Nodes.Length; i++)
        {
            foreach (int value in model.Nodes[i].Inputs)
            {
                last[value] = i;
            }
        }

        last[model.OutputValue] = int.MaxValue;
        return last;
    }

    private CellRange Take(int cells, int batchSize, int width)
    {
        long bytes = ((long)cells * batchSize * width) + Alignment - 1;
        bytes -= bytes % Alignment;
        long start = 0;
        int slot = 0;
        for (; slot < _used.Count && _used[slot].Start - start < bytes; slot++)
        {
            start = _used[slot].End;
        }

        _used.Insert(slot, (start, start + bytes));
        Bytes = Math.Max(Bytes, start + bytes);
        return new CellRange(start / width, width);
    }

    private void Free(CellRange range) => _used.RemoveAll(used => used.Start == range.First * range.Width);
}
