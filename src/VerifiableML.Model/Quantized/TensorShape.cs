namespace VerifiableML.Model.Quantized;

/// <summary>
/// The extents of one activation tensor without its batch axis, channels last: cell <c>(y, x, c)</c> stands at
/// <c>(y · Columns + x) · Channels + c</c>. A vector is <c>1 × 1 × Channels</c>; a sequence of vectors is <c>Rows × 1 × Channels</c>.
/// </summary>
/// <param name="Rows">Extent of the vertical axis, at least 1.</param>
/// <param name="Columns">Extent of the horizontal axis, at least 1.</param>
/// <param name="Channels">Extent of the channel axis, at least 1.</param>
public readonly record struct TensorShape(int Rows, int Columns, int Channels)
{
    /// <summary>Number of cells.</summary>
    public int Cells => Rows * Columns * Channels;

    /// <inheritdoc/>
    public override string ToString() => $"{Rows}×{Columns}×{Channels}";
}
