using ILGPU;

namespace VerifiableML.Gpu.Executor.Kernels;

/// <summary>Where a packed convolution finds its operands.</summary>
/// <param name="Input">Index of the input's first byte in the arena.</param>
/// <param name="Weights">Index of the weights among the 32-bit constants: <c>[pair][channel]</c>, two int16 of neighbouring taps a word.</param>
/// <param name="WeightStride">Words from one pair to the next: channels, padded to whole tiles.</param>
/// <param name="Taps">Index of the taps among the 32-bit constants, <see cref="PackedConvolutionKernel.TapWords"/> words each.</param>
/// <param name="Steps">Number of steps of <see cref="PackedConvolutionKernel.StepTaps"/> taps.</param>
/// <param name="InWords">1 where four taps in a row are one aligned word of the input, as they are when channels come in fours; else 0.</param>
/// <param name="Positions">Output positions of the whole batch.</param>
internal readonly record struct PackedConvolution(
    long Input, int Weights, int WeightStride, int Taps, int Steps, int InWords, int Positions);

/// <summary>
/// Convolution of one group, and every dense layer, with int8 activations, int16 weights and 32-bit accumulators: a matrix product of
/// patches × weights whose left matrix is never written anywhere ("implicit im2col").
/// </summary>
/// <remarks>
/// A group of 64 threads makes a tile of 64 positions × 64 channels, 8 × 8 sums a thread, which stay in registers. A step brings 32 taps of
/// both matrices into shared memory: 2 KB of activations and 4 KB of weights, for 64 · 64 · 32 multiply-adds.
/// Traffic: 21 multiply-adds for each byte from L2; from shared memory 24 words a thread for 128 <c>dp2a</c>, of which a warp reads none twice from
/// the same bank. If <c>dp2a</c> runs at the rate of <c>dp4a</c>, 64 lanes a cycle on compute capability 8.0 and 9.0 (CUDA programming guide,
/// arithmetic throughput), then arithmetic is the limit and not memory: 128 multiply-adds a cycle, 30 · 10^12 a second on an H100's 132
/// multiprocessors at 1.75 GHz. ptxas gives a thread 110 registers for it and spills none, so nine groups share a multiprocessor.
/// </remarks>
internal static class PackedConvolutionKernel
{
    /// <summary>Threads of a group.</summary>
    public const int GroupSize = 64;

    /// <summary>Positions, and channels, of a tile.</summary>
    public const int Tile = 64;

    /// <summary>Taps of a step.</summary>
    public const int StepTaps = 32;

    /// <summary>Words that describe a tap: its row and column from the window's origin, and its cell's distance from the origin's.</summary>
    public const int TapWords = 3;

    private const int StepWords = StepTaps / 4;
    private const int StepPairs = StepTaps / 2;
    private const int Side = 8;

    // Finished sums go through shared memory, so that a warp stores neighbouring channels; eight words more a row keep its banks apart.
    private const int SumStride = Tile + 8;

    /// <summary>Group (x, y) makes the tile of positions <c>64 · x …</c> and channels <c>64 · y …</c>.</summary>
    [Kernel]
    public static void Run(Arena arena, Constants constants, PackedConvolution shape, AccumulatorSink sink, Window window)
    {
        ArrayView<int> shared = SharedMemory.Allocate<int>(Tile * SumStride);
        ArrayView<int> weights = shared.SubView(StepWords * Tile, StepPairs * Tile);
        int thread = Group.IdxX;
        int column = thread & (Side - 1);
        int row = thread >> 3;
        int firstPosition = Grid.IdxX * Tile;
        int firstChannel = Grid.IdxY * Tile;

        // Behind the last position there is nothing to read: an origin far outside makes every tap padding.
        int position = firstPosition + thread;
        WindowOrigin origin = position < shape.Positions ? window.Origin(position) : new WindowOrigin(1 << 30, 0, 0);
        Eight s0 = default, s1 = default, s2 = default, s3 = default, s4 = default, s5 = default, s6 = default, s7 = default;
        for (int step = 0; step < shape.Steps; step++)
        {
            for (int word = 0; word < StepWords; word++)
            {
                shared[(word * Tile) + thread] = LoadWord(arena, constants, shape, window, origin, (step * StepWords) + word);
            }

            int from = shape.Weights + (step * StepPairs * shape.WeightStride) + firstChannel + thread;
            for (int pair = 0; pair < StepPairs; pair++)
            {
                weights[(pair * Tile) + thread] = constants.Words[from + (pair * shape.WeightStride)];
            }

            Group.Barrier();
            for (int word = 0; word < StepWords; word++)
            {
                Eight activations = LoadEight(shared, (word * Tile) + row);
                Eight low = LoadEight(weights, (2 * word * Tile) + column);
                s0 = Eight.AddLow(s0, low, activations.A);
                s1 = Eight.AddLow(s1, low, activations.B);
                s2 = Eight.AddLow(s2, low, activations.C);
                s3 = Eight.AddLow(s3, low, activations.D);
                s4 = Eight.AddLow(s4, low, activations.E);
                s5 = Eight.AddLow(s5, low, activations.F);
                s6 = Eight.AddLow(s6, low, activations.G);
                s7 = Eight.AddLow(s7, low, activations.H);
                Eight high = LoadEight(weights, (((2 * word) + 1) * Tile) + column);
                s0 = Eight.AddHigh(s0, high, activations.A);
                s1 = Eight.AddHigh(s1, high, activations.B);
                s2 = Eight.AddHigh(s2, high, activations.C);
                s3 = Eight.AddHigh(s3, high, activations.D);
                s4 = Eight.AddHigh(s4, high, activations.E);
                s5 = Eight.AddHigh(s5, high, activations.F);
                s6 = Eight.AddHigh(s6, high, activations.G);
                s7 = Eight.AddHigh(s7, high, activations.H);
            }

            Group.Barrier();
        }

        StoreEight(shared, row, column, s0);
        StoreEight(shared, row + 8, column, s1);
        StoreEight(shared, row + 16, column, s2);
        StoreEight(shared, row + 24, column, s3);
        StoreEight(shared, row + 32, column, s4);
        StoreEight(shared, row + 40, column, s5);
        StoreEight(shared, row + 48, column, s6);
        StoreEight(shared, row + 56, column, s7);
        Group.Barrier();
        FinishColumn(arena, constants, shape, sink, window.Channels, shared, firstPosition, firstChannel + thread);
    }

    /// <summary>Activations of taps <c>4 · word … + 3</c> at one position.</summary>
    private static int LoadWord(Arena arena, Constants constants, PackedConvolution shape, Window window, WindowOrigin origin, int word)
    {
        if (shape.InWords != 0)
        {
            int tap = shape.Taps + (word * TapWords);
            bool inside = window.IsInside(origin.Row + constants.Words[tap], origin.Column + constants.Words[tap + 1]);
            return inside ? arena.Words[(shape.Input + origin.Cell + constants.Words[tap + 2]) >> 2] : 0;
        }

        int packed = 0;
        for (int i = 0; i < 4; i++)
        {
            int tap = shape.Taps + (((4 * word) + i) * TapWords);
            bool inside = window.IsInside(origin.Row + constants.Words[tap], origin.Column + constants.Words[tap + 1]);
            int value = inside ? arena.Bytes[shape.Input + origin.Cell + constants.Words[tap + 2]] : 0;
            packed |= (value & 0xFF) << (8 * i);
        }

        return packed;
    }

    // A thread's rows and columns of the tile are eight apart: neighbouring threads read neighbouring words, or the same one.
    private static Eight LoadEight(ArrayView<int> words, int first) => new()
    {
        A = words[first],
        B = words[first + 8],
        C = words[first + 16],
        D = words[first + 24],
        E = words[first + 32],
        F = words[first + 40],
        G = words[first + 48],
        H = words[first + 56],
    };

    private static void StoreEight(ArrayView<int> sums, int row, int column, Eight words)
    {
        int first = (row * SumStride) + column;
        sums[first] = words.A;
        sums[first + 8] = words.B;
        sums[first + 16] = words.C;
        sums[first + 24] = words.D;
        sums[first + 32] = words.E;
        sums[first + 40] = words.F;
        sums[first + 48] = words.G;
        sums[first + 56] = words.H;
    }

    /// <summary>One channel of all positions of the tile. The bias is added modulo 2^32 too: sum and bias may be larger than what they add up to.</summary>
    private static void FinishColumn(
        Arena arena, Constants constants, PackedConvolution shape, AccumulatorSink sink, int channels, ArrayView<int> sums, int position, int channel)
    {
        if (channel >= channels)
        {
            return;
        }

        int bias = (int)sink.BiasOf(constants, channel);
        int rows = Math.Min(Tile, shape.Positions - position);
        for (int row = 0; row < rows; row++)
        {
            int sum = sums[(row * SumStride) + Group.IdxX] + bias;
            sink.Finish(arena, constants, ((long)(position + row) * channels) + channel, sum);
        }
    }
}
