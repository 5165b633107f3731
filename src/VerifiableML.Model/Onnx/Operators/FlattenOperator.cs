namespace VerifiableML.Model.Onnx.Operators;

/// <summary><c>Flatten</c>: the axes before <c>axis</c> become one, the others another.</summary>
internal sealed class FlattenOperator() : ReshapingOperator("Flatten", 1, 1, "axis")
{
    /// <inheritdoc/>
    public override TensorType Infer(OperatorContext context)
    {
        OnnxTensorInfo input = context.Input(0);
        long axis = context.Node.Integer("axis", 1);

        // The axis may be the rank itself: then everything stands in front.
        int split = axis == input.Rank ? input.Rank : context.Axis(axis, input.Rank);
        return new TensorType(
            input.ElementType, [OnnxShape.Count(input.Shape.AsSpan()[..split]), OnnxShape.Count(input.Shape.AsSpan()[split..])]);
    }
}
