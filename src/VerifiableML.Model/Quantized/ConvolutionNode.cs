using System.Collections.Immutable;

namespace VerifiableML.Model.Quantized;

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
