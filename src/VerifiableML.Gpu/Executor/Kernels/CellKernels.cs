using ILGPU;

namespace VerifiableML.Gpu.Executor.Kernels;

/// <summary>
/// Operators in which a thread computes one output cell from a few input cells. They are bound by memory: neighbouring threads are
/// neighbouring channels, so every load and store of a warp is one run of bytes.
/// </summary>
internal static class CellKernels
{
    /// <summary>Threads of a group.</summary>
    public const int GroupSize = 128;

    /// <summary>The greatest input in each window; padding takes no part.</summary>
    [Kernel]
    public static void MaxPool(Arena arena, CellRange input, CellRange output, Window window, int cells)
    {
        int cell = Grid.GlobalIndex.X;
        if (cell >= cells)
        {
            return;
        }

        int position = cell / window.Channels;
        WindowOrigin origin = window.Origin(position);
        int channel = cell - (position * window.Channels);
        int greatest = int.MinValue;
        for (int ky = 0; ky < window.KernelRows; ky++)
        {
            int dy = ky * window.DilationRows;
            for (int kx = 0; kx < window.KernelColumns; kx++)
            {
                int dx = kx * window.DilationColumns;
                if (window.IsInside(origin.Row + dy, origin.Column + dx))
                {
                    int source = origin.Cell + (((dy * window.InputColumns) + dx) * window.InputChannels) + channel;
                    greatest = Math.Max(greatest, arena.Load(input, source));
                }
            }
        }

        arena.Store(output, cell, greatest);
    }

    /// <summary>Convolution in which each output channel reads one input channel; weights <c>[ky][kx][o]</c>.</summary>
    [Kernel(typeof(Int32Sum))]
    [Kernel(typeof(Int64Sum))]
    public static void Depthwise<TSum>(Arena arena, Constants constants, CellRange input, AccumulatorSink sink, Window window, int weights, int cells)
        where TSum : struct, ISum<TSum>
    {
        int cell = Grid.GlobalIndex.X;
        if (cell >= cells)
        {
            return;
        }

        int position = cell / window.Channels;
        WindowOrigin origin = window.Origin(position);
        int channel = cell - (position * window.Channels);
        int inputChannel = channel / (window.Channels / window.InputChannels);
        TSum sum = default;
        for (int ky = 0; ky < window.KernelRows; ky++)
        {
            int dy = ky * window.DilationRows;
            for (int kx = 0; kx < window.KernelColumns; kx++)
            {
                int dx = kx * window.DilationColumns;
                if (window.IsInside(origin.Row + dy, origin.Column + dx))
                {
                    int source = origin.Cell + (((dy * window.InputColumns) + dx) * window.InputChannels) + inputChannel;
                    int weight = constants.Words[weights + (((ky * window.KernelColumns) + kx) * window.Channels) + channel];
                    sum = sum.Add(arena.Load(input, source), weight);
                }
            }
        }

        sink.Finish(arena, constants, cell, sum.Add(sink.BiasOf(constants, channel)).Value);
    }

    /// <summary><c>left · right</c>, cell by cell.</summary>
    [Kernel]
    public static void Product(Arena arena, Constants constants, CellRange left, CellRange right, AccumulatorSink sink, int cells)
    {
        int cell = Grid.GlobalIndex.X;
        if (cell < cells)
        {
            sink.Finish(arena, constants, cell, (long)arena.Load(left, cell) * arena.Load(right, cell));
        }
    }
}
