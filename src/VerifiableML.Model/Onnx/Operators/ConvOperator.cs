using System.Collections.Immutable;
using VerifiableML.Model.Float;

namespace VerifiableML.Model.Onnx.Operators;

/// <summary>
/// <c>Conv</c> over one or two spatial axes: <c>Y[n, o, y, x] = B[o] + Σ W[o, c, ky, kx] · X[n, g·C' + c, …]</c>, where <c>g</c> is the
/// group of
/// output channel <c>o</c> and <c>C'</c> the channels of a group.
/// </summary>
internal sealed class ConvOperator() : OnnxOperator("Conv", 2, 3, [.. SlidingWindow.Attributes, "group"])
{
    /// <inheritdoc/>
    public override TensorType Infer(OperatorContext context)
    {
        context.RequireFloats(0, 1, 2);
        return new TensorType(OnnxElementType.Float, ConvolutionGeometry.Of(context, weights: 1, bias: 2).OutputShape);
    }

    /// <inheritdoc/>
    public override double Operations(OperatorContext context, TensorType output) =>
        (double)output.Count * ConvolutionGeometry.Of(context, weights: 1, bias: 2).Contraction;

    /// <inheritdoc/>
    public override FloatKernel Compile(OperatorContext context, TensorType output)
    {
        ConvolutionGeometry geometry = ConvolutionGeometry.Of(context, weights: 1, bias: 2);
        int scratchLength = ConvolutionKernel.ScratchLength(geometry);
        return operands => ConvolutionKernel.Run(
            geometry, operands.Input(0), operands.Input(1), operands.Input(2), operands.Output, operands.Scratch(scratchLength));
    }
}
