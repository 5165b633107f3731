using ILGPU;
using ILGPU.Runtime;
using VerifiableML.Gpu.Devices;
using VerifiableML.Gpu.Executor.Kernels;

namespace VerifiableML.Gpu.Executor;

/// <summary>The device memory of executions: one block that is kept from one to the next and only ever grows.</summary>
internal sealed class ExecutionMemory(GpuDevice device) : IDisposable
{
    private MemoryBuffer1D<long, Stride1D.Dense>? _block;
    private MemoryBuffer1D<long, Stride1D.Dense>? _sumInputs;
    private Dictionary<NodePlan, int> _values = [];

    /// <summary>What lies where.</summary>
    public ArenaLayout Layout { get; private set; } = null!;

    /// <summary>The block.</summary>
    public Arena Arena
    {
        get
        {
            ArrayView1D<long, Stride1D.Dense> longs = _block!.View;
            return new Arena(longs.Cast<long, sbyte>(), longs.Cast<long, short>(), longs.Cast<long, int>(), longs);
        }
    }

    /// <summary>Places of the inputs of all weighted sums.</summary>
    public ArrayView<long> SumInputs => _sumInputs!.View;

    /// <summary>Bytes of the block.</summary>
    public long Bytes => _block?.LengthInBytes ?? 0;

    /// <summary>Makes room for <paramref name="layout"/> and writes down where weighted sums find their inputs.</summary>
    public void Use(ArenaLayout layout, IReadOnlyList<NodePlan> nodes)
    {
        Layout = layout;
        _values = new Dictionary<NodePlan, int>(nodes.Select((node, i) => KeyValuePair.Create(node, i + 1)), ReferenceEqualityComparer.Instance);
        Grow(ref _block, layout.Bytes / sizeof(long));
        long[] inputs = [.. nodes.OfType<WeightedSumPlan>().SelectMany(plan => plan.Sum.Terms).Select(term => layout.Values[term.Input].First), 0];
        Grow(ref _sumInputs, inputs.Length);
        _sumInputs!.View.SubView(0, inputs.Length).CopyFromCPU(device.Stream, inputs);
    }

    /// <summary>The value that <paramref name="plan"/> makes.</summary>
    public int ValueOf(NodePlan plan) => _values[plan];

    /// <summary>Writes the input, each integer in as many bytes as its cell has.</summary>
    public void WriteInput(ReadOnlySpan<int> input)
    {
        CellRange range = Layout.Values[0];
        if (range.Width == sizeof(sbyte))
        {
            Arena.Bytes.SubView(range.First, input.Length).CopyFromCPU(device.Stream, CellConversion.ToBytes(input));
        }
        else if (range.Width == sizeof(short))
        {
            Arena.Shorts.SubView(range.First, input.Length).CopyFromCPU(device.Stream, CellConversion.ToShorts(input));
        }
        else
        {
            Arena.Words.SubView(range.First, input.Length).CopyFromCPU(device.Stream, input.ToArray());
        }
    }

    /// <summary>Reads cells of up to 32 bits.</summary>
    public void Read(CellRange range, Span<int> cells)
    {
        if (range.Width == sizeof(sbyte))
        {
            var bytes = new sbyte[cells.Length];
            Arena.Bytes.SubView(range.First, cells.Length).CopyToCPU(device.Stream, bytes);
            device.Synchronize();
            CellConversion.Widen(bytes, cells);
        }
        else if (range.Width == sizeof(short))
        {
            var shorts = new short[cells.Length];
            Arena.Shorts.SubView(range.First, cells.Length).CopyToCPU(device.Stream, shorts);
            device.Synchronize();
            CellConversion.Widen(shorts, cells);
        }
        else
        {
            Arena.Words.SubView(range.First, cells.Length).CopyToCPU(device.Stream, cells);
            device.Synchronize();
        }
    }

    /// <summary>Reads accumulators.</summary>
    public void Read(CellRange range, Span<long> accumulators)
    {
        if (range.Width == sizeof(long))
        {
            Arena.Longs.SubView(range.First, accumulators.Length).CopyToCPU(device.Stream, accumulators);
            device.Synchronize();
            return;
        }

        var words = new int[accumulators.Length];
        Read(range, words);
        CellConversion.Widen(words, accumulators);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _block?.Dispose();
        _sumInputs?.Dispose();
    }

    private void Grow(ref MemoryBuffer1D<long, Stride1D.Dense>? buffer, long length)
    {
        if (buffer is not null && buffer.Length >= length)
        {
            return;
        }

        // Freed first, because both may not fit; and forgotten, because the new one may not be had.
        buffer?.Dispose();
        buffer = null;
        buffer = device.Accelerator.Allocate1D<long>(length);
    }
}
