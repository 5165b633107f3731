using VerifiableML.Model.Quantized;

namespace VerifiableML.Model.Onnx.Operators;

/// <summary><c>MaxPool</c>: the greatest value in each window; padding takes no part. The output of indices is not made.</summary>
internal sealed class MaxPoolOperator : PoolingOperator
{
    /// <summary>The operator.</summary>
    public MaxPoolOperator()
        : base("MaxPool", "storage_order")
    {
        MostOutputs = 2;
    }

    /// <inheritdoc/>
    protected override PlaneKernel CompilePlane(OperatorContext context, SlidingWindow rows, SlidingWindow columns)
    {
        (AxisWindow vertical, AxisWindow horizontal) = (rows.Axis, columns.Axis);
        return (input, output) =>
        {
            int next = 0;
            for (int y = 0; y < vertical.OutputSize; y++)
            {
                for (int x = 0; x < horizontal.OutputSize; x++)
                {
                    output[next++] = Greatest(input, vertical, horizontal, y, x);
                }
            }
        };
    }

    private static float Greatest(ReadOnlySpan<float> input, AxisWindow vertical, AxisWindow horizontal, int y, int x)
    {
        float greatest = float.NegativeInfinity;
        for (int ky = 0; ky < vertical.Kernel; ky++)
        {
            int row = vertical.InputIndex(y, ky);
            for (int kx = 0; row >= 0 && kx < horizontal.Kernel; kx++)
            {
                int column = horizontal.InputIndex(x, kx);
                float value = column < 0 ? float.NegativeInfinity : input[(row * horizontal.InputSize) + column];
                greatest = value > greatest ? value : greatest;
            }
        }

        return greatest;
    }
}
