using System.Collections.Immutable;
using System.Runtime.InteropServices;
using VerifiableML.Model.Float;

namespace VerifiableML.Model.Onnx.Operators;

/// <summary>
/// <c>com.microsoft.QGemm</c>: <c>alpha · A · B + C</c> on centred 8-bit integers with a 32-bit addend, requantized to 8 bits. What it
/// does without
/// an output scale (floats out) is not supported.
/// </summary>
internal sealed class QGemmOperator : OnnxOperator
{
    /// <summary>The operator.</summary>
    public QGemmOperator()
        : base("QGemm", 9, 9, "alpha", "transA", "transB")
    {
        Domain = "com.microsoft";
    }

    /// <inheritdoc/>
    public override TensorType Infer(OperatorContext context)
    {
        if (context.Node.Integer("transA", 0) != 0 || context.Node.Float("alpha", 1) != 1)
        {
            throw context.Error("transA and an alpha other than 1 are not supported");
        }

        context.RequireConstant(3, "the right matrix");
        IntegerOperands.RequireBias(context, 6);
        ImmutableArray<int> shape = GemmOperator.OutputShape(context, 0, 3, 6, GemmOperator.TransposesRight(context.Node));
        return new TensorType(Operands(context, shape[1]).Output.ElementType, shape);
    }

    /// <summary>Scales and zero points of a node of this operator; those of the right matrix by output column.</summary>
    public static QuantizedOperands Operands(OperatorContext context, int columns) => new(
        QuantizationParameters.Of(context, 1, 2, IntegerOperands.Require8Bits(context, 0)),
        QuantizationParameters.Of(context, 4, 5, IntegerOperands.Require8Bits(context, 3), columns),
        QuantizationParameters.Of(context, 7, 8, IntegerOperands.Require8Bits(context, 8)));

    /// <inheritdoc/>
    public override double Operations(OperatorContext context, TensorType output) =>
        (double)output.Count * context.Shape(0)[1];

    /// <inheritdoc/>
    public override FloatKernel Compile(OperatorContext context, TensorType output)
    {
        bool transposed = GemmOperator.TransposesRight(context.Node);
        (int inner, int columns) = (context.Shape(0)[1], output.Shape[1]);
        QuantizedOperands quantized = Operands(context, columns);
        int[] right = IntegerOperands.Centred(context.RequireConstant(3, "right"), quantized.Right, columns, transposed ? inner : 1);
        int[] addend = context.Has(6) ? Array.ConvertAll(context.RequireConstant(6, "addend").ToIntegers(), value => (int)value) : [0];
        int[] addends = OnnxShape.BroadcastIndices(context.Has(6) ? context.Shape(6) : [], output.Shape);
        int leftLength = context.Input(0).Count;
        return operands =>
        {
            Span<int> scratch = MemoryMarshal.Cast<float, int>(operands.Scratch(leftLength + operands.Output.Length));
            Span<int> left = scratch[..leftLength];
            Span<int> accumulators = scratch[leftLength..];
            IntegerOperands.Centre(operands.Input(0), quantized.Left.ZeroPoint(0), left);
            MatrixKernel.Multiply<int>(left, right, accumulators, inner, columns, transposed);
            for (int i = 0; i < accumulators.Length; i++)
            {
                accumulators[i] += addend[addends[i]];
            }

            quantized.Requantize(accumulators, operands.Output, columns, 1);
        };
    }
}
