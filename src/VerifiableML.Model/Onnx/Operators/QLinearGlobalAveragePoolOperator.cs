using VerifiableML.Model.Float;

namespace VerifiableML.Model.Onnx.Operators;

/// <summary><c>com.microsoft.QLinearGlobalAveragePool</c>: the mean of each channel of a quantized tensor, quantized again.</summary>
internal sealed class QLinearGlobalAveragePoolOperator : OnnxOperator
{
    /// <summary>The operator.</summary>
    public QLinearGlobalAveragePoolOperator()
        : base("QLinearGlobalAveragePool", 4, 5, "channels_last")
    {
        Domain = "com.microsoft";
    }

    /// <inheritdoc/>
    public override TensorType Infer(OperatorContext context)
    {
        if (context.Node.Integer("channels_last", 0) != 0)
        {
            throw context.Error("channels_last is not supported");
        }

        OnnxTensorInfo input = context.Input(0);
        if (input.Rank < 3)
        {
            throw context.Error($"{input.Title} has no spatial axes");
        }

        (_, QuantizationParameters output) = Parameters(context);
        return new TensorType(output.ElementType, [.. input.Shape.Select((extent, axis) => axis < 2 ? extent : 1)]);
    }

    /// <summary>Scales and zero points of input and output.</summary>
    public static (QuantizationParameters Input, QuantizationParameters Output) Parameters(OperatorContext context)
    {
        OnnxElementType type = IntegerOperands.Require8Bits(context, 0);
        return (QuantizationParameters.Of(context, 1, 2, type), QuantizationParameters.Of(context, 3, 4, type));
    }

    /// <inheritdoc/>
    public override FloatKernel Compile(OperatorContext context, TensorType output)
    {
        (QuantizationParameters from, QuantizationParameters to) = Parameters(context);
        int cells = context.Input(0).Count / output.Count;
        float multiplier = from.Scale(0) / (to.Scale(0) * cells);
        return operands =>
        {
            ReadOnlySpan<float> input = operands.Input(0);
            for (int i = 0; i < operands.Output.Length; i++)
            {
                long sum = 0;
                foreach (float value in input.Slice(i * cells, cells))
                {
                    sum += (int)value - from.ZeroPoint(0);
                }

                operands.Output[i] = to.Saturate(sum * multiplier, 0);
            }
        };
    }
}
