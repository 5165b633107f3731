using System.Collections.Immutable;

namespace VerifiableML.Model.Quantized;

/// <summary>
/// A node whose output is a function of an exact integer accumulator. Without a requantization the output is the accumulator.
/// </summary>
/// <param name="Name">The node's name.</param>
/// <param name="Output">The tensor that it produces.</param>
/// <param name="Bias">One integer for each output channel, added to every live accumulator; empty for none.</param>
/// <param name="Requantization">What turns the accumulator into the output, or null.</param>
/// <param name="AccumulatorBound">No input can make the absolute value of an accumulator larger than this.</param>
public abstract record AccumulatingNode(
    string Name, QuantizedTensor Output, ImmutableArray<long> Bias, Requantization? Requantization, long AccumulatorBound)
    : QuantizedNode(Name, Output);
