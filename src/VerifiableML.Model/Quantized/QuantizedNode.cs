namespace VerifiableML.Model.Quantized;

/// <summary>
/// One integer operation. Value 0 is the model's input; value <c>i + 1</c> is the output of node <c>i</c>. Inputs always name
/// earlier values.
/// </summary>
/// <param name="Name">The node's name in the source model.</param>
/// <param name="Output">The tensor that it produces.</param>
public abstract record QuantizedNode(string Name, QuantizedTensor Output)
{
    /// <summary>The values that the node reads.</summary>
    public abstract IEnumerable<int> Inputs { get; }
}
