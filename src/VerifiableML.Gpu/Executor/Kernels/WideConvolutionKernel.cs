using ILGPU;

namespace VerifiableML.Gpu.Executor.Kernels;

/// <summary>Where a wide convolution finds its operands.</summary>
/// <param name="Weights">Index of the weights among the 32-bit constants: <c>[tap][channel]</c>, one word each.</param>
/// <param name="WeightStride">Words from one tap to the next: channels, padded to whole tiles.</param>
/// <param name="Taps">Index of the taps among the 32-bit constants, <see cref="PackedConvolutionKernel.TapWords"/> words each.</param>
/// <param name="Steps">Number of steps of <see cref="WideConvolutionKernel.StepTaps"/> taps.</param>
/// <param name="Positions">Output positions of the whole batch.</param>
internal readonly record struct WideConvolution(int Weights, int WeightStride, int Taps, int Steps, int Positions);

/// <summary>
/// Convolution of one group for what <see cref="PackedConvolutionKernel"/> does not take: activations wider than int8, weights wider than
/// int16, accumulators wider than 32 bits. The same scheme with tiles of 32 × 32, 4 × 4 sums a thread, one word a value.
/// </summary>
internal static class WideConvolutionKernel
{
    /// <summary>Threads of a group.</summary>
    public const int GroupSize = 64;

    /// <summary>Positions, and channels, of a tile.</summary>
    public const int Tile = 32;

    /// <summary>Taps of a step.</summary>
    public const int StepTaps = 16;

    private const int Side = 8;

    /// <summary>Group (x, y) makes the tile of positions <c>32 · x …</c> and channels <c>32 · y …</c>.</summary>
    [Kernel(typeof(Int32Sum))]
    [Kernel(typeof(Int64Sum))]
    public static void Run<TSum>(Arena arena, Constants constants, CellRange input, WideConvolution shape, AccumulatorSink sink, Window window)
        where TSum : struct, ISum<TSum>
    {
        ArrayView<int> activations = SharedMemory.Allocate<int>(StepTaps * Tile);
        ArrayView<int> weights = SharedMemory.Allocate<int>(StepTaps * Tile);
        int thread = Group.IdxX;
        int column = thread & (Side - 1);
        int row = thread >> 3;
        int lane = thread & (Tile - 1);
        int half = thread / Tile;
        int firstPosition = Grid.IdxX * Tile;
        int firstChannel = Grid.IdxY * Tile;
        WindowOrigin origin = firstPosition + lane < shape.Positions ? window.Origin(firstPosition + lane) : new WindowOrigin(1 << 30, 0, 0);
        FourSums<TSum> s0 = default, s1 = default, s2 = default, s3 = default;
        for (int step = 0; step < shape.Steps; step++)
        {
            for (int i = half; i < StepTaps; i += 2)
            {
                int index = (step * StepTaps) + i;
                int tap = shape.Taps + (index * PackedConvolutionKernel.TapWords);
                bool inside = window.IsInside(origin.Row + constants.Words[tap], origin.Column + constants.Words[tap + 1]);
                activations[(i * Tile) + lane] = inside ? arena.Load(input, origin.Cell + constants.Words[tap + 2]) : 0;
                weights[(i * Tile) + lane] = constants.Words[shape.Weights + (index * shape.WeightStride) + firstChannel + lane];
            }

            Group.Barrier();
            for (int i = 0; i < StepTaps; i++)
            {
                int a = (i * Tile) + row;
                int w = (i * Tile) + column;
                int w0 = weights[w], w1 = weights[w + 8], w2 = weights[w + 16], w3 = weights[w + 24];
                s0 = s0.Add(activations[a], w0, w1, w2, w3);
                s1 = s1.Add(activations[a + 8], w0, w1, w2, w3);
                s2 = s2.Add(activations[a + 16], w0, w1, w2, w3);
                s3 = s3.Add(activations[a + 24], w0, w1, w2, w3);
            }

            Group.Barrier();
        }

        Finish(arena, constants, shape, sink, window.Channels, s0, firstPosition + row, firstChannel + column);
        Finish(arena, constants, shape, sink, window.Channels, s1, firstPosition + row + 8, firstChannel + column);
        Finish(arena, constants, shape, sink, window.Channels, s2, firstPosition + row + 16, firstChannel + column);
        Finish(arena, constants, shape, sink, window.Channels, s3, firstPosition + row + 24, firstChannel + column);
    }

    private static void Finish<TSum>(
        Arena arena, Constants constants, WideConvolution shape, AccumulatorSink sink, int channels, FourSums<TSum> sums, int position, int channel)
        where TSum : struct, ISum<TSum>
    {
        if (position < shape.Positions)
        {
            long cell = (long)position * channels;
            Finish(arena, constants, sink, channels, sums.A, cell, channel);
            Finish(arena, constants, sink, channels, sums.B, cell, channel + 8);
            Finish(arena, constants, sink, channels, sums.C, cell, channel + 16);
            Finish(arena, constants, sink, channels, sums.D, cell, channel + 24);
        }
    }

    private static void Finish<TSum>(Arena arena, Constants constants, AccumulatorSink sink, int channels, TSum sum, long cell, int channel)
        where TSum : struct, ISum<TSum>
    {
        if (channel < channels)
        {
            sink.Finish(arena, constants, cell + channel, sum.Add(sink.BiasOf(constants, channel)).Value);
        }
    }

    /// <summary>The sums of four output channels.</summary>
    private struct FourSums<TSum>
        where TSum : struct, ISum<TSum>
    {
        public TSum A, B, C, D;

        public readonly FourSums<TSum> Add(int activation, int w0, int w1, int w2, int w3) => new()
        {
            A = A.Add(activation, w0),
            B = B.Add(activation, w1),
            C = C.Add(activation, w2),
            D = D.Add(activation, w3),
        };
    }
}
