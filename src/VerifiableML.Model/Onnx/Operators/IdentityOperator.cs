namespace VerifiableML.Model.Onnx.Operators;

/// <summary><c>Identity</c>: the input.</summary>
internal sealed class IdentityOperator() : ReshapingOperator("Identity", 1, 1)
{
    /// <inheritdoc/>
    public override TensorType Infer(OperatorContext context) => new(context.Input(0).ElementType, context.Shape(0));
}
