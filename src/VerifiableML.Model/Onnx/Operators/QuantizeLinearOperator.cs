using VerifiableML.Model.Float;

namespace VerifiableML.Model.Onnx.Operators;

/// <summary><c>QuantizeLinear</c> to 8 bits: <c>saturate(round(x / scale) + zero point)</c>, ties to even.</summary>
internal sealed class QuantizeLinearOperator()
    : OnnxOperator("QuantizeLinear", 2, 3, "axis", "saturate", "output_dtype", "block_size", "precision")
{
    /// <inheritdoc/>
    public override TensorType Infer(OperatorContext context)
    {
        context.RequireFloats(0);
        return new TensorType(Parameters(context).ElementType, context.Shape(0));
    }

    /// <summary>Scales and zero points of a node of this operator.</summary>
    public static QuantizationParameters Parameters(OperatorContext context)
    {
        long declared = context.Node.Integer("output_dtype", 0);
        OnnxElementType type = context.Has(2) ? context.Input(2).ElementType
            : declared == 0 ? OnnxElementType.UInt8 : (OnnxElementType)declared;
        if (type is not (OnnxElementType.Int8 or OnnxElementType.UInt8) || (declared != 0 && declared != (long)type))
        {
            throw context.Error($"quantization to {type} is not supported, or does not fit output_dtype");
        }

        return QuantizationParameters.Of(context, 1, 2, type, PerAxis.Extent(context));
    }

    /// <inheritdoc/>
    public override OnnxTensor? Fold(OperatorContext context, TensorType output)
    {
        if (FloatFolding.Fold(this, context, output) is not { } values)
        {
            return null;
        }

        return IntegerTensor.Make(context, output, Array.ConvertAll(values.ToFloats(), value => (long)value));
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
                operands.Output[i] = parameters.Saturate(input[i] / parameters.Scale(index), index);
            }
        };
    }
}
