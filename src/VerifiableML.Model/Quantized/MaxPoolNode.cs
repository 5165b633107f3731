namespace VerifiableML.Model.Quantized;

/// <summary>
/// The greatest input in each window; padding takes no part, and no window is empty. Input and output share scale and range.
/// </summary>
/// <param name="Name">The node's name.</param>
/// <param name="Output">The tensor that it produces.</param>
/// <param name="Input">The value that is read.</param>
/// <param name="Rows">The window on the vertical axis.</param>
/// <param name="Columns">The window on the horizontal axis.</param>
public sealed record MaxPoolNode(string Name, QuantizedTensor Output, int Input, AxisWindow Rows, AxisWindow Columns)
    : QuantizedNode(Name, Output)
{
    /// <inheritdoc/>
    public override IEnumerable<int> Inputs => [Input];
}
