using VerifiableML.Model.Float;

namespace VerifiableML.Model.Onnx.Operators;

/// <summary><c>ConstantOfShape</c> with a constant shape: one value everywhere, float 0 by default.</summary>
internal sealed class ConstantOfShapeOperator() : OnnxOperator("ConstantOfShape", 1, 1, "value")
{
    /// <inheritdoc/>
    public override TensorType Infer(OperatorContext context)
    {
        long[] shape = [.. context.RequireIntegers(0, "shape")];
        if (shape.Any(extent => extent is < 0 or > int.MaxValue))
        {
            throw context.Error($"shape [{string.Join(", ", shape)}] is not valid");
        }

        OnnxTensor? value = context.Node.Tensor("value");
        if (value is { Count: not 1 })
        {
            throw context.Error("the value must be one element");
        }

        return new TensorType(value?.ElementType ?? OnnxElementType.Float, [.. shape.Select(extent => (int)extent)]);
    }

    /// <inheritdoc/>
    public override OnnxTensor? Fold(OperatorContext context, TensorType output)
    {
        OnnxTensor value = context.Node.Tensor("value") ?? new OnnxTensor("", [1], [0f]);
        return value.Gather(context.Node.Output, output.Shape, new int[output.Count]);
    }

    /// <inheritdoc/>
    public override FloatKernel Compile(OperatorContext context, TensorType output) =>
        throw new InvalidOperationException("constants are folded when a model is read");
}
