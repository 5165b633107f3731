using VerifiableML.Model.Float;

namespace VerifiableML.Model.Onnx.Operators;

/// <summary><c>Constant</c>: the tensor, number or list in its attribute.</summary>
internal sealed class ConstantOperator()
    : OnnxOperator("Constant", 0, 0, "value", "value_float", "value_floats", "value_int", "value_ints")
{
    /// <inheritdoc/>
    public override TensorType Infer(OperatorContext context)
    {
        OnnxTensorInfo info = Value(context).Info;
        return new TensorType(info.ElementType, info.Shape);
    }

    /// <inheritdoc/>
    public override OnnxTensor? Fold(OperatorContext context, TensorType output) => Value(context);

    /// <inheritdoc/>
    public override FloatKernel Compile(OperatorContext context, TensorType output) =>
        throw new InvalidOperationException("constants are folded when a model is read");

    private static OnnxTensor Value(OperatorContext context)
    {
        OnnxNode node = context.Node;
        string name = node.Output;
        if (node.AttributeNames.Count() != 1)
        {
            throw context.Error("exactly one value must be given");
        }

        if (node.Tensor("value") is { } tensor)
        {
            return tensor.Reshape(name, tensor.Shape);
        }

        if (node.Floats("value_floats") is { } floats)
        {
            return new OnnxTensor(name, [floats.Length], [.. floats]);
        }

        if (node.Integers("value_ints") is { } integers)
        {
            return new OnnxTensor(name, [integers.Length], [.. integers]);
        }

        return node.Has("value_float")
            ? new OnnxTensor(name, [], [node.Float("value_float", 0)])
            : new OnnxTensor(name, [], [node.Integer("value_int", 0)]);
    }
}
