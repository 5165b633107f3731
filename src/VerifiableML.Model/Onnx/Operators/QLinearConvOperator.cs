using System.Runtime.InteropServices;
using VerifiableML.Model.Float;

namespace VerifiableML.Model.Onnx.Operators;

/// <summary>
/// <c>QLinearConv</c>: a convolution of centred 8-bit integers with 32-bit accumulators and a 32-bit bias, requantized to 8 bits by
/// <c>round(acc · x_scale · w_scale / y_scale)</c>, ties to even.
/// </summary>
internal sealed class QLinearConvOperator() : OnnxOperator("QLinearConv", 8, 9, [.. SlidingWindow.Attributes, "group"])
{
    /// <inheritdoc/>
    public override TensorType Infer(OperatorContext context)
    {
        ConvolutionGeometry geometry = ConvolutionGeometry.Of(context, weights: 3, bias: 8);
        QuantizedOperands operands = Operands(context);
        IntegerOperands.RequireBias(context, 8);
        return new TensorType(operands.Output.ElementType, geometry.OutputShape);
    }

    /// <summary>Scales and zero points of a node of this operator; those of the weights by output channel.</summary>
    public static QuantizedOperands Operands(OperatorContext context) => new(
        QuantizationParameters.Of(context, 1, 2, IntegerOperands.Require8Bits(context, 0)),
        QuantizationParameters.Of(context, 4, 5, IntegerOperands.Require8Bits(context, 3), context.Shape(3)[0]),
        QuantizationParameters.Of(context, 6, 7, IntegerOperands.Require8Bits(context, 7)));

    /// <inheritdoc/>
    public override double Operations(OperatorContext context, TensorType output) =>
        (double)output.Count * ConvolutionGeometry.Of(context, weights: 3, bias: 8).Contraction;

    /// <inheritdoc/>
    public override FloatKernel Compile(OperatorContext context, TensorType output)
    {
        ConvolutionGeometry geometry = ConvolutionGeometry.Of(context, weights: 3, bias: 8);
        QuantizedOperands quantized = Operands(context);
        int[] weights = IntegerOperands.Centred(
            context.RequireConstant(3, "weights"), quantized.Right, geometry.OutputChannels, geometry.Contraction);
        int[] bias = context.Has(8) ? Array.ConvertAll(context.RequireConstant(8, "bias").ToIntegers(), value => (int)value) : [];
        int inputLength = context.Input(0).Count;
        int scratchLength = ConvolutionKernel.ScratchLength(geometry);
        return operands =>
        {
            Span<int> scratch = MemoryMarshal.Cast<float, int>(operands.Scratch(inputLength + scratchLength + operands.Output.Length));
            Span<int> input = scratch[..inputLength];
            Span<int> accumulators = scratch[(inputLength + scratchLength)..];
            IntegerOperands.Centre(operands.Input(0), quantized.Left.ZeroPoint(0), input);
            ConvolutionKernel.Run<int>(geometry, input, weights, bias, accumulators, scratch.Slice(inputLength, scratchLength));
            quantized.Requantize(accumulators, operands.Output, geometry.OutputChannels, geometry.OutputCells);
        };
    }
}
