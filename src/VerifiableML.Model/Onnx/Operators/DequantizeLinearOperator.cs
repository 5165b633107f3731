using VerifiableML.Model.Float;

namespace VerifiableML.Model.Onnx.Operators;

/// <summary><c>DequantizeLinear</c>: <c>(x − zero point) · scale</c>.</summary>
internal sealed class DequantizeLinearOperator() : OnnxOperator("DequantizeLinear", 2, 3, "axis", "block_size", "output_dtype")
{
    /// <inheritdoc/>
    public override bool StaysOnConstants => true;

    /// <inheritdoc/>
    public override TensorType Infer(OperatorContext context)
    {
        if (context.Node.Integer("output_dtype", 0) is not (0 or (long)OnnxElementType.Float))
        {
            throw context.Error("output_dtype other than float is not supported");
        }

        Parameters(context);
        return new TensorType(OnnxElementType.Float, context.Shape(0));
    }

    /// <summary>Scales and zero points of a node of this operator.</summary>
    public static QuantizationParameters Parameters(OperatorContext context)
    {
        OnnxTensorInfo input = context.Input(0);
        return input.ElementType is OnnxElementType.Int8 or OnnxElementType.UInt8 or OnnxElementType.Int32
            ? QuantizationParameters.Of(context, 1, 2, input.ElementType, PerAxis.Extent(context))
            : throw context.Error($"'{input.Name}' holds {input.ElementType}, which is not a quantized type");
    }

    /// <inheritdoc/>
    public override FloatKernel Compile(OperatorContext context, TensorType output)
    {
        QuantizationParameters parameters = Parameters(context);
        (int extent, int inner) = PerAxis.Lines(context, parameters);
        return operands =>
        {
            ReadOnlySpan<float> input = operands.Input(0);
            for (int i = 0; i < input.Length; i++)
            {
                int index = i / inner % extent;
                operands.Output[i] = (input[i] - parameters.ZeroPoint(index)) * parameters.Scale(index);
            }
        };
    }
}
