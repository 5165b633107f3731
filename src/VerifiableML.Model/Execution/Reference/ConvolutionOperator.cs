using VerifiableML.Model.Quantized;

namespace VerifiableML.Model.Execution.Reference;

/// <summary>Accumulators of a <see cref="ConvolutionNode"/>, by its formula.</summary>
internal static class ConvolutionOperator
{
    /// <summary>Input <c>[b][y][x][c]</c> → accumulators <c>[b][y][x][o]</c>.</summary>
    public static long[] Accumulate(ConvolutionNode node, TensorShape input, int[] values, int batchSize)
    {
        TensorShape output = node.Output.Shape;
        var accumulators = new long[batchSize * output.Cells];
        int next = 0;
        for (int b = 0; b < batchSize; b++)
        {
            ReadOnlySpan<int> image = values.AsSpan(b * input.Cells, input.Cells);
            for (int y = 0; y < output.Rows; y++)
            {
                for (int x = 0; x < output.Columns; x++)
                {
                    for (int o = 0; o < output.Channels; o++)
                    {
                        accumulators[next++] = Cell(node, input, image, y, x, o);
                    }
                }
            }
        }

        return accumulators;
    }

    private static long Cell(ConvolutionNode node, TensorShape input, ReadOnlySpan<int> image, int y, int x, int o)
    {
        int groupInputs = input.Channels / node.Groups;
        int group = o / (node.Output.Shape.Channels / node.Groups);
        long sum = node.Bias.IsEmpty ? 0 : node.Bias[o];
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

                int weight = ((((o * node.Rows.Kernel) + ky) * node.Columns.Kernel) + kx) * groupInputs;
                int cell = (((iy * input.Columns) + ix) * input.Channels) + (group * groupInputs);
                for (int c = 0; c < groupInputs; c++)
                {
                    sum += (long)node.Weights[weight + c] * image[cell + c];
                }
            }
        }

        return sum;
    }
}
