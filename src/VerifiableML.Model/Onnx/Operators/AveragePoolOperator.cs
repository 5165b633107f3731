using VerifiableML.Model.Quantized;

namespace VerifiableML.Model.Onnx.Operators;

/// <summary>
/// <c>AveragePool</c>: the sum of each window divided by its number of cells; padding counts among them where
/// <c>count_include_pad</c> says so, what lies beyond the padding (where sizes are rounded up) never.
/// </summary>
internal sealed class AveragePoolOperator() : PoolingOperator("AveragePool", "count_include_pad")
{
    /// <inheritdoc/>
    public override TensorType Infer(OperatorContext context)
    {
        context.RequireFloats(0);
        return base.Infer(context);
    }

    /// <summary>
    /// Number of cells by which a sum is divided, along one axis, for each output; the divisor is the product over the axes.
    /// </summary>
    public static int[] Divisors(OnnxNode node, SlidingWindow window)
    {
        AxisWindow axis = window.Axis;
        bool countPadding = node.Integer("count_include_pad", 0) != 0;
        int least = countPadding ? -axis.PadBefore : 0;
        int end = axis.InputSize + (countPadding ? window.PadAfter : 0);
        int[] divisors = new int[axis.OutputSize];
        for (int output = 0; output < divisors.Length; output++)
        {
            for (int offset = 0; offset < axis.Kernel; offset++)
            {
                int index = (output * axis.Stride) + (offset * axis.Dilation) - axis.PadBefore;
                divisors[output] += index >= least && index < end ? 1 : 0;
            }
        }

        return divisors;
    }

    /// <inheritdoc/>
    protected override PlaneKernel CompilePlane(OperatorContext context, SlidingWindow rows, SlidingWindow columns)
    {
        int[] rowDivisors = Divisors(context.Node, rows);
        int[] columnDivisors = Divisors(context.Node, columns);
        (AxisWindow vertical, AxisWindow horizontal) = (rows.Axis, columns.Axis);
        return (input, output) =>
        {
            int next = 0;
            for (int y = 0; y < vertical.OutputSize; y++)
            {
                for (int x = 0; x < horizontal.OutputSize; x++)
                {
                    output[next++] = (float)(Sum(input, vertical, horizontal, y, x) / ((double)rowDivisors[y] * columnDivisors[x]));
                }
            }
        };
    }

    private static double Sum(ReadOnlySpan<float> input, AxisWindow vertical, AxisWindow horizontal, int y, int x)
    {
        double sum = 0;
        for (int ky = 0; ky < vertical.Kernel; ky++)
        {
            int row = vertical.InputIndex(y, ky);
            for (int kx = 0; row >= 0 && kx < horizontal.Kernel; kx++)
            {
                int column = horizontal.InputIndex(x, kx);
                sum += column < 0 ? 0 : input[(row * horizontal.InputSize) + column];
            }
        }

        return sum;
    }
}
