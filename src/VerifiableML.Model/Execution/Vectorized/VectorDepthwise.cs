using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;
using VerifiableML.Model.Quantized;

namespace VerifiableML.Model.Execution.Vectorized;

/// <summary>Convolution with one input channel a group: for each tap, neighbouring channels are multiplied as vectors.</summary>
internal static class VectorDepthwise
{
    private const long WorthATask = 1 << 16;

    public static void Run(
        ConvolutionNode node,
        PreparedConvolution prepared,
        TensorShape input,
        int[] values,
        AccumulatorSink sink,
        int batchSize,
        ParallelOptions parallel)
    {
        TensorShape output = node.Output.Shape;
        bool worthwhile = (long)batchSize * output.Rows * output.Columns * node.Weights.Length > WorthATask;
        ParallelLoop.Run(batchSize * output.Rows, worthwhile, parallel, line =>
        {
            (int b, int y) = Math.DivRem(line, output.Rows);
            double[] sums = ArrayPool<double>.Shared.Rent(output.Channels);
            double[] spread = ArrayPool<double>.Shared.Rent(output.Channels);
            for (int x = 0; x < output.Columns; x++)
            {
                ReadOnlySpan<int> image = values.AsSpan(b * input.Cells, input.Cells);
                AddTaps(node, prepared, input, image, y, x, sums.AsSpan(0, output.Channels), spread.AsSpan(0, output.Channels));
                sink.WriteWithoutBias(((line * output.Columns) + x) * output.Channels, 0, sums.AsSpan(0, output.Channels));
            }

            ArrayPool<double>.Shared.Return(sums);
            ArrayPool<double>.Shared.Return(spread);
        });
    }

    private static void AddTaps(
        ConvolutionNode node, PreparedConvolution prepared, TensorShape input, ReadOnlySpan<int> image, int y, int x, Span<double> sums, Span<double> spread)
    {
        sums.Clear();
        for (int ky = 0; ky < node.Rows.Kernel; ky++)
        {
            int iy = node.Rows.InputIndex(y, ky);
            for (int kx = 0; kx < node.Columns.Kernel; kx++)
            {
                int ix = node.Columns.InputIndex(x, kx);
                if (iy < 0 || ix < 0)
                {
                    continue;
                }

                Spread(image.Slice(((iy * input.Columns) + ix) * input.Channels, input.Channels), spread);
                MultiplyAdd(spread, prepared.Depthwise.AsSpan(((ky * node.Columns.Kernel) + kx) * sums.Length, sums.Length), sums);
            }
        }
    }

    /// <summary>Repeats each channel for each of its outputs.</summary>
    private static void Spread(ReadOnlySpan<int> channels, Span<double> spread)
    {
        int outputsEach = spread.Length / channels.Length;
        for (int c = 0; c < channels.Length; c++)
        {
            for (int i = 0; i < outputsEach; i++)
            {
                spread[(c * outputsEach) + i] = channels[c];
            }
        }
    }

    private static void MultiplyAdd(ReadOnlySpan<double> a, ReadOnlySpan<double> w, Span<double> sums)
    {
        ReadOnlySpan<Vector<double>> left = MemoryMarshal.Cast<double, Vector<double>>(a);
        ReadOnlySpan<Vector<double>> right = MemoryMarshal.Cast<double, Vector<double>>(w);
        Span<Vector<double>> totals = MemoryMarshal.Cast<double, Vector<double>>(sums);
        for (int i = 0; i < totals.Length; i++)
        {
            totals[i] += left[i] * right[i];
        }

        for (int i = totals.Length * Vector<double>.Count; i < sums.Length; i++)
        {
            sums[i] += a[i] * w[i];
        }
    }
}
