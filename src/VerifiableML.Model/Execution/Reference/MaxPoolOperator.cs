using VerifiableML.Model.Quantized;

namespace VerifiableML.Model.Execution.Reference;

/// <summary>Output of a <see cref="MaxPoolNode"/>, by its formula.</summary>
internal static class MaxPoolOperator
{
    /// <summary>Input <c>[b][y][x][c]</c> → the greatest value in each window, <c>[b][y][x][c]</c>.</summary>
    public static int[] Run(MaxPoolNode node, TensorShape input, int[] values, int batchSize)
    {
        TensorShape output = node.Output.Shape;
        var result = new int[batchSize * output.Cells];
        int next = 0;
        for (int b = 0; b < batchSize; b++)
        {
            ReadOnlySpan<int> image = values.AsSpan(b * input.Cells, input.Cells);
            for (int y = 0; y < output.Rows; y++)
            {
                for (int x = 0; x < output.Columns; x++)
                {
                    for (int c = 0; c < output.Channels; c++)
                    {
                        result[next++] = Greatest(node, input, image, y, x, c);
                    }
                }
            }
        }

        return result;
    }

    private static int Greatest(MaxPoolNode node, TensorShape input, ReadOnlySpan<int> image, int y, int x, int c)
    {
        int greatest = int.MinValue;
        for (int ky = 0; ky < node.Rows.Kernel; ky++)
        {
            int iy = node.Rows.InputIndex(y, ky);
            for (int kx = 0; kx < node.Columns.Kernel; kx++)
            {
                int ix = node.Columns.InputIndex(x, kx);
                if (iy >= 0 && ix >= 0)
                {
                    greatest = Math.Max(greatest, image[(((iy * input.Columns) + ix) * input.Channels) + c]);
                }
            }
        }

        return greatest;
    }
}
