namespace VerifiableML.Model.Quantized;

/// <summary>The product of two activations of one shape, cell by cell: <c>acc = left · right</c>.</summary>
/// <param name="Name">The node's name.</param>
/// <param name="Output">The tensor that it produces.</param>
/// <param name="Requantization">What turns the accumulator into the output, or null.</param>
/// <param name="AccumulatorBound">Bound on the accumulators.</param>
/// <param name="Left">One factor.</param>
/// <param name="Right">The other.</param>
public sealed record ProductNode(
    string Name, QuantizedTensor Output, Requantization? Requantization, long AccumulatorBound, int Left, int Right)
    : AccumulatingNode(Name, Output, [], Requantization, AccumulatorBound)
{
    /// <inheritdoc/>
    public override IEnumerable<int> Inputs => [Left, Right];
}
