using VerifiableML.Model.Float;

namespace VerifiableML.Model.Onnx.Operators;

/// <summary>
/// <c>Cast</c>. Of constants, any that keeps values within the new type; of activations, only those that change no value, because
/// rounding inside a network is a quantization that nobody calibrated.
/// </summary>
internal sealed class CastOperator() : OnnxOperator("Cast", 1, 1, "to", "saturate", "round_mode")
{
    /// <summary>The format's number for 64-bit floats, which are 32-bit floats here.</summary>
    private const long Double = 11;

    /// <inheritdoc/>
    public override TensorType Infer(OperatorContext context)
    {
        long to = context.Node.Integer("to", 0);
        OnnxElementType type = to == Double ? OnnxElementType.Float : (OnnxElementType)to;
        if (!Enum.IsDefined(type))
        {
            throw context.Error($"a cast to element type {to} is not supported");
        }

        OnnxTensorInfo input = context.Input(0);
        bool changesValues = type != input.ElementType && type != OnnxElementType.Float;
        if (changesValues && context.Constant(0) is null)
        {
            throw context.Error($"a cast of '{input.Name}' from {input.ElementType} to {type} inside the network is not supported");
        }

        return new TensorType(type, input.Shape);
    }

    /// <inheritdoc/>
    public override OnnxTensor? Fold(OperatorContext context, TensorType output)
    {
        if (context.Constant(0) is not { } constant)
        {
            return null;
        }

        if (output.ElementType == OnnxElementType.Float)
        {
            return new OnnxTensor(context.Node.Output, output.Shape, constant.ToFloats());
        }

        // A float beyond the range of 64-bit integers saturates, and is then out of range for smaller types.
        long[] values = constant.IsFloat ? Array.ConvertAll(constant.ToFloats(), value => (long)value) : constant.ToIntegers();
        return IntegerTensor.Make(context, output, values);
    }

    /// <inheritdoc/>
    public override FloatKernel Compile(OperatorContext context, TensorType output) =>
        static operands => operands.Input(0).CopyTo(operands.Output);
}
