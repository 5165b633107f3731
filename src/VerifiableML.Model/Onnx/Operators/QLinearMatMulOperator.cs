using System.Runtime.InteropServices;
using VerifiableML.Model.Float;

namespace VerifiableML.Model.Onnx.Operators;

/// <summary>
/// <c>QLinearMatMul</c> with constant right matrices: products of centred 8-bit integers with 32-bit accumulators, requantized to 8 bits by
/// <c>round(acc · a_scale · b_scale / y_scale)</c>, ties to even.
/// </summary>
internal sealed class QLinearMatMulOperator() : OnnxOperator("QLinearMatMul", 8, 8)
{
    /// <inheritdoc/>
    public override TensorType Infer(OperatorContext context)
    {
        ProductGeometry geometry = ProductGeometry.Of(context, 0, 3);
        context.RequireConstant(3, "the right matrix");
        return new TensorType(Operands(context).Output.ElementType, geometry.OutputShape);
    }

    /// <summary>Scales and zero points of a node of this operator; those of the right matrix by column.</summary>
    public static QuantizedOperands Operands(OperatorContext context) => new(
        QuantizationParameters.Of(context, 1, 2, IntegerOperands.Require8Bits(context, 0)),
        QuantizationParameters.Of(context, 4, 5, IntegerOperands.Require8Bits(context, 3), context.Shape(3)[^1]),
        QuantizationParameters.Of(context, 6, 7, IntegerOperands.Require8Bits(context, 7)));

    /// <inheritdoc/>
    public override double Operations(OperatorContext context, TensorType output) =>
        (double)output.Count * context.Shape(0)[^1];

    /// <inheritdoc/>
    public override FloatKernel Compile(OperatorContext context, TensorType output)
    {
        ProductGeometry geometry = ProductGeometry.Of(context, 0, 3);
        QuantizedOperands quantized = Operands(context);
        int[] right = IntegerOperands.Centred(context.RequireConstant(3, "right"), quantized.Right, geometry.Columns, 1);
        int leftLength = context.Input(0).Count;
        return operands =>
        {
            Span<int> scratch = MemoryMarshal.Cast<float, int>(operands.Scratch(leftLength + operands.Output.Length));
            Span<int> left = scratch[..leftLength];
            Span<int> accumulators = scratch[leftLength..];
            IntegerOperands.Centre(operands.Input(0), quantized.Left.ZeroPoint(0), left);
            geometry.Multiply<int>(left, right, accumulators);
            quantized.Requantize(accumulators, operands.Output, geometry.Columns, 1);
        };
    }
}
