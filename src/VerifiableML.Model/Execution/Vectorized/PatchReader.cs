using VerifiableML.Model.Quantized;

namespace VerifiableML.Model.Execution.Vectorized;

/// <summary>Gathers what one output position of a convolution reads, as one row <c>[ky][kx][c]</c> with zeros for padding ("im2col").</summary>
/// <param name="node">The convolution, of one group.</param>
/// <param name="input">Shape of the input.</param>
/// <param name="values">Input <c>[b][y][x][c]</c>.</param>
internal readonly struct PatchReader(ConvolutionNode node, TensorShape input, double[] values)
{
    private readonly AxisWindow _rows = node.Rows;
    private readonly AxisWindow _columns = node.Columns;

    /// <summary>Writes numbers <paramref name="start"/> … of the row at <paramref name="position"/> = <c>(b · Rows + y) · Columns + x</c>.</summary>
    public void Read(int position, int start, Span<double> row)
    {
        (int line, int x) = Math.DivRem(position, _columns.OutputSize);
        (int b, int y) = Math.DivRem(line, _rows.OutputSize);
        row.Clear();
        int tapLine = _columns.Kernel * input.Channels;
        int last = Math.Min(_rows.Kernel - 1, (start + row.Length - 1) / tapLine);
        for (int ky = start / tapLine; ky <= last; ky++)
        {
            int iy = _rows.InputIndex(y, ky);
            if (iy >= 0)
            {
                ReadLine(((b * input.Rows) + iy) * input.Columns, x, (ky * tapLine) - start, row);
            }
        }
    }

    private void ReadLine(int inputLine, int x, int target, Span<double> row)
    {
        int first = (x * _columns.Stride) - _columns.PadBefore;
        if (_columns.Dilation == 1)
        {
            // Neighbouring taps are neighbours in the input: one run, clipped at both borders.
            int skipped = Math.Max(0, -first);
            int end = Math.Min(_columns.Kernel, input.Columns - first);
            Copy(inputLine + first + skipped, target + (skipped * input.Channels), end - skipped, row);
            return;
        }

        for (int kx = 0; kx < _columns.Kernel; kx++)
        {
            int ix = _columns.InputIndex(x, kx);
            if (ix >= 0)
            {
                Copy(inputLine + ix, target + (kx * input.Channels), 1, row);
            }
        }
    }

    private void Copy(int inputPosition, int target, int positions, Span<double> row)
    {
        int clipped = Math.Max(0, -target);
        int length = Math.Min((positions * input.Channels) - clipped, row.Length - target - clipped);
        if (length > 0)
        {
            values.AsSpan((inputPosition * input.Channels) + clipped, length).CopyTo(row[(target + clipped)..]);
        }
    }
}
