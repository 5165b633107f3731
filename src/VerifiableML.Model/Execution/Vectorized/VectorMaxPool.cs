using System.Numerics;
using System.Runtime.InteropServices;
using VerifiableML.Model.Quantized;

namespace VerifiableML.Model.Execution.Vectorized;

/// <summary>Max-pooling, neighbouring channels as vectors.</summary>
internal static class VectorMaxPool
{
    private const long WorthATask = 1 << 15;

    public static void Run(MaxPoolNode node, TensorShape input, int[] values, int[] result, int batchSize, ParallelOptions parallel)
    {
        TensorShape output = node.Output.Shape;
        bool worthwhile = (long)batchSize * output.Cells * node.Rows.Kernel * node.Columns.Kernel > WorthATask;
        ParallelLoop.Run(batchSize * output.Rows, worthwhile, parallel, line =>
        {
            (int b, int y) = Math.DivRem(line, output.Rows);
            ReadOnlySpan<int> image = values.AsSpan(b * input.Cells, input.Cells);
            for (int x = 0; x < output.Columns; x++)
            {
                Span<int> cell = result.AsSpan(((line * output.Columns) + x) * output.Channels, output.Channels);
                cell.Fill(int.MinValue);
                for (int ky = 0; ky < node.Rows.Kernel; ky++)
                {
                    int iy = node.Rows.InputIndex(y, ky);
                    for (int kx = 0; kx < node.Columns.Kernel; kx++)
                    {
                        int ix = node.Columns.InputIndex(x, kx);
                        if (iy >= 0 && ix >= 0)
                        {
                            Maximize(cell, image.Slice(((iy * input.Columns) + ix) * input.Channels, input.Channels));
                        }
                    }
                }
            }
        });
    }

    private static void Maximize(Span<int> greatest, ReadOnlySpan<int> candidates)
    {
        Span<Vector<int>> left = MemoryMarshal.Cast<int, Vector<int>>(greatest);
        ReadOnlySpan<Vector<int>> right = MemoryMarshal.Cast<int, Vector<int>>(candidates);
        for (int i = 0; i < left.Length; i++)
        {
            left[i] = Vector.Max(left[i], right[i]);
        }

        for (int i = left.Length * Vector<int>.Count; i < greatest.Length; i++)
        {
            greatest[i] = Math.Max(greatest[i], candidates[i]);
        }
    }
}
