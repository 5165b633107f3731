using System.Collections.Immutable;

namespace VerifiableML.Model.Quantized;

/// <summary>
/// A sum of linear images of activations with integer coefficients that are data: residual addition, subtraction, average pooling,
/// concatenation, slicing, padding, transposition, reshaping. <c>acc = Bias + Σ_j Coefficient_j · Map_j(input_j)</c>.
/// </summary>
/// <param name="Name">The node's name.</param>
/// <param name="Output">The tensor that it produces.</param>
/// <param name="Bias">One integer for each output channel, or empty.</param>
/// <param name="Requantization">What turns the accumulator into the output, or null.</param>
/// <param name="AccumulatorBound">Bound on the accumulators.</param>
/// <param name="Terms">The summands, at least one.</param>
public sealed record WeightedSumNode(
    string Name, QuantizedTensor Output, ImmutableArray<long> Bias, Requantization? Requantization, long AccumulatorBound,
    ImmutableArray<WeightedTerm> Terms)
    : AccumulatingNode(Name, Output, Bias, Requantization, AccumulatorBound)
{
    /// <inheritdoc/>
    public override IEnumerable<int> Inputs => Terms.Select(term => term.Input);
}

/// <summary>One summand of a <see cref="WeightedSumNode"/>.</summary>
/// <param name="Input">The value that is read.</param>
/// <param name="Coefficient">Its integer coefficient: data of the model, not a constant of the circuit.</param>
/// <param name="Map">Which input cells each output cell reads.</param>
public sealed record WeightedTerm(int Input, int Coefficient, CellMap Map);
