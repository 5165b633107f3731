using System.Collections.Immutable;

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

/// <summary>
/// Convolution, and with it every dense layer: a dense layer over an <c>R × C × K</c> tensor is a convolution whose kernel covers it, and a
/// matrix product over a sequence is a 1×1 convolution.
/// <c>acc[y, x, o] = Bias[o] + Σ Weights[o, ky, kx, c] · input[iy, ix, g · (C/Groups) + c]</c>, where <c>g</c> is the group of output channel <c>o</c>.
/// </summary>
/// <param name="Name">The node's name.</param>
/// <param name="Output">The tensor that it produces.</param>
/// <param name="Bias">One integer for each output channel, or empty.</param>
/// <param name="Requantization">What turns the accumulator into the output, or null.</param>
/// <param name="AccumulatorBound">Bound on the accumulators.</param>
/// <param name="Input">The value that is read.</param>
/// <param name="Rows">The window on the vertical axis.</param>
/// <param name="Columns">The window on the horizontal axis.</param>
/// <param name="Groups">Number of groups; either 1 or the number of input channels (depthwise, one or more outputs a channel as a
/// power of two). Other groupings are expanded into a dense kernel when the model is built.</param>
/// <param name="Weights"><c>[o][ky][kx][c]</c>, row-major, <c>O · Ky · Kx · (C / Groups)</c> integers. Not to be written to.</param>
public sealed record ConvolutionNode(
    string Name, QuantizedTensor Output, ImmutableArray<long> Bias, Requantization? Requantization, long AccumulatorBound,
    int Input, AxisWindow Rows, AxisWindow Columns, int Groups, int[] Weights)
    : AccumulatingNode(Name, Output, Bias, Requantization, AccumulatorBound)
{
    /// <inheritdoc/>
    public override IEnumerable<int> Inputs => [Input];
}

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

/// <summary>A sparse linear map from the cells of one tensor to the cells of another, by geometry alone.</summary>
public abstract record CellMap;

/// <summary>
/// A map that is a product of one map for each axis: <c>out[y, x, c] = Σ Rows[y, y'] · Columns[x, x'] · Channels[c, c'] · in[y', x', c']</c>.
/// </summary>
/// <param name="Rows">Map of the vertical axis.</param>
/// <param name="Columns">Map of the horizontal axis.</param>
/// <param name="Channels">Map of the channel axis.</param>
public sealed record SeparableMap(AxisMap Rows, AxisMap Columns, AxisMap Channels) : CellMap;

/// <summary>
/// A map that copies cells: output cell <c>i</c> (channels last, without padding) is input cell <c>Source[i]</c>, or zero for −1. For what no
/// product of axes describes: general reshapes and transpositions.
/// </summary>
/// <param name="Source">For each output cell the input cell, or −1.</param>
public sealed record GatherMap(ImmutableArray<int> Source) : CellMap;

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
