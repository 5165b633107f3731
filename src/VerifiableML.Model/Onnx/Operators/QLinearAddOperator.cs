using System.Collections.Immutable;
using VerifiableML.Model.Float;

namespace VerifiableML.Model.Onnx.Operators;

/// <summary><c>com.microsoft.QLinearAdd</c>: the sum of two quantized tensors, computed on their real values and quantized again.</summary>
internal sealed class QLinearAddOperator : OnnxOperator
{
    /// <summary>The operator.</summary>
    public QLinearAddOperator()
        : base("QLinearAdd", 7, 8)
    {
        Domain = "com.microsoft";
    }

    /// <inheritdoc/>
    public override TensorType Infer(OperatorContext context)
    {
        QuantizedOperands quantized = Operands(context);
        return OnnxShape.TryBroadcast(context.Shape(0), context.Shape(3), out ImmutableArray<int> shape)
            ? new TensorType(quantized.Output.ElementType, shape)
            : throw context.Error($"{OnnxShape.Format(context.Shape(0))} and {OnnxShape.Format(context.Shape(3))} do not broadcast");
    }

    /// <summary>Scales and zero points of a node of this operator.</summary>
    public static QuantizedOperands Operands(OperatorContext context)
    {
        OnnxElementType type = IntegerOperands.Require8Bits(context, 0);
        return new QuantizedOperands(
            QuantizationParameters.Of(context, 1, 2, type),
            QuantizationParameters.Of(context, 4, 5, IntegerOperands.Require8Bits(context, 3)),
            QuantizationParameters.Of(context, 6, 7, type));
    }

    /// <inheritdoc/>
    public override FloatKernel Compile(OperatorContext context, TensorType output)
    {
        (QuantizationParameters a, QuantizationParameters b, QuantizationParameters c) = Operands(context);
        int[] left = OnnxShape.BroadcastIndices(context.Shape(0), output.Shape);
        int[] right = OnnxShape.BroadcastIndices(context.Shape(3), output.Shape);
        return operands =>
        {
            for (int i = 0; i < operands.Output.Length; i++)
            {
                float x = (operands.Input(0)[left[i]] - a.ZeroPoint(0)) * a.Scale(0);
                float y = (operands.Input(3)[right[i]] - b.ZeroPoint(0)) * b.Scale(0);
                operands.Output[i] = c.Saturate((x + y) / c.Scale(0), 0);
            }
        };
    }
}
