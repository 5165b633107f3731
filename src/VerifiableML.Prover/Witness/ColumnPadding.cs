using VerifiableML.Circuits;
using VerifiableML.Circuits.Layout;
using VerifiableML.Model.Quantized;

namespace VerifiableML.Prover.Witness;

/// <summary>Moves the cells of a tensor to their padded places in its column.</summary>
internal static class ColumnPadding
{
    /// <summary>Copies live cells, <c>[b][y][x][c]</c>; a batch is padded with copies of its last entry.</summary>
    public static void Pad(Circuit circuit, int value, ReadOnlySpan<int> live, Span<int> column)
    {
        TensorShape shape = circuit.Architecture.Tensor(value).Shape;
        TensorLayout layout = circuit.LayoutOf(value);
        for (int b = 0; b < 1 << layout.BatchBits; b++)
        {
            ReadOnlySpan<int> entry = live.Slice(Math.Min(b, circuit.Options.BatchSize - 1) * shape.Cells, shape.Cells);
            for (int y = 0; y < shape.Rows; y++)
            {
                for (int x = 0; x < shape.Columns; x++)
                {
                    entry.Slice(((y * shape.Columns) + x) * shape.Channels, shape.Channels)
                        .CopyTo(column[((b << layout.CellBits) + layout.CellAddress(y, x, 0))..]);
                }
            }
        }
    }
}
