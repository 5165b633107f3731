using VerifiableML.Gpu.Executor.Kernels;
using VerifiableML.Model.Quantized;

namespace VerifiableML.Gpu.Executor;

/// <summary>Chooses the kernel of a convolution and lays out its weights as that kernel reads them.</summary>
internal static class ConvolutionPlanner
{
    // A tap behind the last one: so far down that it is padding for every window, and its sum with a window's origin is still an int.
    private const int Outside = 1 << 29;

    /// <summary>The plan of <paramref name="node"/>.</summary>
    public static NodePlan Plan(ConvolutionNode node, QuantizedTensor input, ConstantsBuilder constants)
    {
        Window window = WindowOf(node.Rows, node.Columns, input.Shape, node.Output.Shape);
        int outputWidth = CellWidth.Of(node.Output);
        int accumulatorWidth = CellWidth.OfAccumulator(node);
        bool isLong = accumulatorWidth == sizeof(long);
        if (node.Groups != 1)
        {
            int weights = constants.Add(Transpose(node, node.Output.Shape.Channels, TapCount(node)));
            return new DepthwisePlan(node, outputWidth, accumulatorWidth, window, weights, isLong);
        }

        return isLong || CellWidth.Of(input) != sizeof(sbyte) || node.Weights.Any(weight => weight != (short)weight)
            ? Wide(node, window, constants, outputWidth, accumulatorWidth, isLong)
            : Packed(node, window, constants, outputWidth, accumulatorWidth);
    }

    /// <summary>A window over both axes.</summary>
    public static Window WindowOf(AxisWindow rows, AxisWindow columns, TensorShape input, TensorShape output) => new(
        input.Rows, input.Columns, input.Channels, output.Rows, output.Columns, output.Channels,
        rows.Kernel, columns.Kernel, rows.Stride, columns.Stride, rows.Dilation, columns.Dilation, rows.PadBefore, columns.PadBefore);

    private static PackedConvolutionPlan Packed(
        ConvolutionNode node, Window window, ConstantsBuilder constants, int outputWidth, int accumulatorWidth)
    {
        const int StepTaps = PackedConvolutionKernel.StepTaps;
        int steps = CeilingOf(TapCount(node), StepTaps);
        int stride = CeilingOf(window.Channels, PackedConvolutionKernel.Tile) * PackedConvolutionKernel.Tile;
        int[] taps = Taps(node, window, steps * StepTaps);
        bool inWords = window.InputChannels % 4 == 0;
        if (inWords)
        {
            // One description for each four taps, which are neighbours in memory.
            taps = [.. taps.Chunk(PackedConvolutionKernel.TapWords).Where((_, i) => i % 4 == 0).SelectMany(tap => tap)];
        }

        return new PackedConvolutionPlan(node, outputWidth, accumulatorWidth, window, new PackedConvolution(
            0, constants.Add(Pack(node, stride, steps * StepTaps)), stride, constants.Add(taps), steps, inWords ? 1 : 0, 0));
    }

    private static WideConvolutionPlan Wide(
        ConvolutionNode node, Window window, ConstantsBuilder constants, int outputWidth, int accumulatorWidth, bool isLong)
    {
        int steps = CeilingOf(TapCount(node), WideConvolutionKernel.StepTaps);
        int padded = steps * WideConvolutionKernel.StepTaps;
        int stride = CeilingOf(window.Channels, WideConvolutionKernel.Tile) * WideConvolutionKernel.Tile;
        return new WideConvolutionPlan(node, outputWidth, accumulatorWidth, window, new WideConvolution(
            constants.Add(Transpose(node, stride, padded)), stride, constants.Add(Taps(node, window, padded)), steps, 0), isLong);
    }

    /// <summary>Weights <c>[o][tap]</c> as <c>[tap][channel]</c>, with zeros for taps and channels that there are not.</summary>
    private static int[] Transpose(ConvolutionNode node, int stride, int paddedTaps)
    {
        int taps = TapCount(node);
        var transposed = new int[checked(stride * paddedTaps)];
        for (int o = 0; o < node.Output.Shape.Channels; o++)
        {
            for (int tap = 0; tap < taps; tap++)
            {
                transposed[(tap * stride) + o] = node.Weights[(o * taps) + tap];
            }
        }

        return transposed;
    }

    /// <summary>Weights as <c>[pair][channel]</c>: tap 2p in the lower half of a word, tap 2p + 1 in the upper one.</summary>
    private static int[] Pack(ConvolutionNode node, int stride, int paddedTaps)
    {
        int taps = TapCount(node);
        var packed = new int[checked(stride * (paddedTaps / 2))];
        for (int o = 0; o < node.Output.Shape.Channels; o++)
        {
            for (int tap = 0; tap < taps; tap++)
            {
                packed[(tap / 2 * stride) + o] |= (node.Weights[(o * taps) + tap] & 0xFFFF) << (16 * (tap % 2));
            }
        }

        return packed;
    }

    /// <summary>For each tap <c>[ky][kx][c]</c> its row and column from the window's origin, and the distance of its cell.</summary>
    private static int[] Taps(ConvolutionNode node, Window window, int padded)
    {
        var taps = new int[padded * PackedConvolutionKernel.TapWords];
        for (int tap = 0; tap < padded; tap++)
        {
            (int offset, int channel) = Math.DivRem(tap, window.InputChannels);
            (int ky, int kx) = Math.DivRem(offset, window.KernelColumns);
            bool exists = tap < TapCount(node);
            int row = exists ? ky * window.DilationRows : Outside;
            int column = exists ? kx * window.DilationColumns : 0;
            taps[tap * PackedConvolutionKernel.TapWords] = row;
            taps[(tap * PackedConvolutionKernel.TapWords) + 1] = column;
            taps[(tap * PackedConvolutionKernel.TapWords) + 2] = exists ? (((row * window.InputColumns) + column) * window.InputChannels) + channel : 0;
        }

        return taps;
    }

    private static int TapCount(ConvolutionNode node) => node.Weights.Length / node.Output.Shape.Channels;

    private static int CeilingOf(int dividend, int divisor) => (dividend + divisor - 1) / divisor;
}
