using System.Numerics;
using System.Numerics.Tensors;
using VerifiableML.Model.Onnx.Operators;
using VerifiableML.Model.Quantized;

namespace VerifiableML.Model.Float;

/// <summary>
/// Convolution as a matrix product: <c>Y[o, p] = B[o] + Σ_k W[o, k] · M[k, p]</c>, where row <c>k = (c, ky, kx)</c> of M is what kernel
/// cell
/// <c>k</c> reads at each output cell <c>p</c>.
/// </summary>
internal static class ConvolutionKernel
{
    /// <summary>Output cells below which rows of M are too short to be worth a call each, so that M is laid out cell by cell.</summary>
    private const int FewCells = 48;

    /// <summary>Floats of M that are made at a time, so that they stay in cache.</summary>
    private const int TileLength = 1 << 18;

    /// <summary>Output cells that are worked on together.</summary>
    private static int TileCells(ConvolutionGeometry geometry) =>
        Math.Min(geometry.OutputCells, Math.Clamp(TileLength / geometry.Contraction, geometry.OutputCells < FewCells ? 1 : FewCells, 1024));

    /// <summary>Floats of working memory.</summary>
    public static int ScratchLength(ConvolutionGeometry geometry) => checked(geometry.Contraction * TileCells(geometry));

    /// <summary>
    /// Computes all of <paramref name="output"/>, <c>[n][o][y][x]</c>, from <c>[n][c][y][x]</c> and <c>[o][c][ky][kx]</c>; integers
    /// wrap.
    /// </summary>
    public static void Run<T>(
        ConvolutionGeometry geometry, ReadOnlySpan<T> input, ReadOnlySpan<T> weights, ReadOnlySpan<T> bias, Span<T> output, Span<T> scratch)
        where T : struct, INumber<T>
    {
        int channels = geometry.InputChannels / geometry.Groups;
        int outputs = geometry.OutputChannels / geometry.Groups;
        for (int group = 0; group < geometry.Batch * geometry.Groups; group++)
        {
            int first = group % geometry.Groups * outputs;
            RunGroup(
                geometry,
                input.Slice(group * channels * geometry.InputCells, channels * geometry.InputCells),
                weights.Slice(first * geometry.Contraction, outputs * geometry.Contraction),
                bias.IsEmpty ? [] : bias.Slice(first, outputs),
                output.Slice(group * outputs * geometry.OutputCells, outputs * geometry.OutputCells),
                scratch);
        }
    }

    private static void RunGroup<T>(
        ConvolutionGeometry geometry, ReadOnlySpan<T> input, ReadOnlySpan<T> weights, ReadOnlySpan<T> bias, Span<T> output, Span<T> scratch)
        where T : struct, INumber<T>
    {
        int tile = TileCells(geometry);
        for (int start = 0; start < geometry.OutputCells; start += tile)
        {
            int count = Math.Min(tile, geometry.OutputCells - start);
            if (geometry.OutputCells < FewCells)
            {
                GatherCells(geometry, input, start, count, scratch);
                MultiplyByDots(geometry, weights, bias, scratch, start, count, output);
            }
            else if (geometry.IsPointwise)
            {
                MultiplyByRows(geometry, weights, bias, input[start..], geometry.OutputCells, start, count, output);
            }
            else
            {
                GatherRows(geometry, input, start, count, scratch);
                MultiplyByRows(geometry, weights, bias, scratch, count, start, count, output);
            }
        }
    }

    /// <summary>Output cells from rows of M: row <c>k</c> begins at <c>matrix[k · stride]</c>.</summary>
    private static void MultiplyByRows<T>(
        ConvolutionGeometry geometry,
        ReadOnlySpan<T> weights,
        ReadOnlySpan<T> bias,
        ReadOnlySpan<T> matrix,
        int stride,
        int start,
        int count,
        Span<T> output)
        where T : struct, INumber<T>
    {
        int contraction = geometry.Contraction;
        for (int o = 0; o < weights.Length / contraction; o++)
        {
            ReadOnlySpan<T> kernel = weights.Slice(o * contraction, contraction);
            Span<T> row = output.Slice((o * geometry.OutputCells) + start, count);
            row.Fill(bias.IsEmpty ? T.Zero : bias[o]);
            for (int k = 0; k < kernel.Length; k++)
            {
                TensorPrimitives.MultiplyAdd(matrix.Slice(k * stride, count), kernel[k], row, row);
            }
        }
    }

    /// <summary>Output cells from columns of M, one after the other in memory.</summary>
    private static void MultiplyByDots<T>(
        ConvolutionGeometry geometry,
        ReadOnlySpan<T> weights,
        ReadOnlySpan<T> bias,
        ReadOnlySpan<T> columns,
        int start,
        int count,
        Span<T> output)
        where T : struct, INumber<T>
    {
        int contraction = geometry.Contraction;
        for (int o = 0; o < weights.Length / contraction; o++)
        {
            ReadOnlySpan<T> kernel = weights.Slice(o * contraction, contraction);
            for (int p = 0; p < count; p++)
            {
                T sum = TensorPrimitives.Dot<T>(kernel, columns.Slice(p * contraction, contraction));
                output[(o * geometry.OutputCells) + start + p] = sum + (bias.IsEmpty ? T.Zero : bias[o]);
            }
        }
    }

    /// <summary>Columns of M for output cells <c>start … start + count − 1</c>: <c>matrix[k · count + p]</c>.</summary>
    private static void GatherRows<T>(ConvolutionGeometry geometry, ReadOnlySpan<T> input, int start, int count, Span<T> matrix)
        where T : struct, INumber<T>
    {
        (AxisWindow rows, AxisWindow columns) = (geometry.Rows, geometry.Columns);
        int k = 0;
        for (int plane = 0; plane < input.Length; plane += geometry.InputCells)
        {
            for (int ky = 0; ky < rows.Kernel; ky++)
            {
                for (int kx = 0; kx < columns.Kernel; kx++, k++)
                {
                    Span<T> target = matrix.Slice(k * count, count);
                    int p = 0;
                    while (p < count)
                    {
                        (int y, int x) = Math.DivRem(start + p, columns.OutputSize);
                        int run = Math.Min(columns.OutputSize - x, count - p);
                        int row = rows.InputIndex(y, ky);
                        ReadOnlySpan<T> line = row < 0 ? [] : input.Slice(plane + (row * columns.InputSize), columns.InputSize);
                        GatherLine(columns, line, x, kx, target.Slice(p, run));
                        p += run;
                    }
                }
            }
        }
    }

    /// <summary>What offset <paramref name="kx"/> reads of one input line at outputs <c>x, x + 1 …</c>; an empty line is padding.</summary>
    private static void GatherLine<T>(AxisWindow columns, ReadOnlySpan<T> line, int x, int kx, Span<T> target)
        where T : struct, INumber<T>
    {
        int first = (x * columns.Stride) + (kx * columns.Dilation) - columns.PadBefore;
        if (line.IsEmpty)
        {
            target.Clear();
        }
        else if (columns.Stride == 1 && first >= 0 && first + target.Length <= line.Length)
        {
            line.Slice(first, target.Length).CopyTo(target);
        }
        else
        {
            for (int i = 0; i < target.Length; i++)
            {
                int index = first + (i * columns.Stride);
                target[i] = (uint)index < (uint)line.Length ? line[index] : T.Zero;
            }
        }
    }

    /// <summary>
    /// Columns of M for output cells <c>start … start + count − 1</c>, one after the other: <c>matrix[p · Contraction + k]</c>.
    /// </summary>
    private static void GatherCells<T>(ConvolutionGeometry geometry, ReadOnlySpan<T> input, int start, int count, Span<T> matrix)
        where T : struct, INumber<T>
    {
        (AxisWindow rows, AxisWindow columns) = (geometry.Rows, geometry.Columns);
        int next = 0;
        for (int p = start; p < start + count; p++)
        {
            (int y, int x) = Math.DivRem(p, columns.OutputSize);
            for (int plane = 0; plane < input.Length; plane += geometry.InputCells)
            {
                for (int ky = 0; ky < rows.Kernel; ky++)
                {
                    int row = rows.InputIndex(y, ky);
                    for (int kx = 0; kx < columns.Kernel; kx++)
                    {
                        int column = columns.InputIndex(x, kx);
                        matrix[next++] = row < 0 || column < 0 ? T.Zero : input[plane + (row * columns.InputSize) + column];
                    }
                }
            }
        }
    }
}
