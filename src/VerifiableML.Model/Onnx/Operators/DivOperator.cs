using System.Numerics.Tensors;

namespace VerifiableML.Model.Onnx.Operators;

/// <summary><c>Div</c>: elementwise quotient with broadcasting; of integers, truncated.</summary>
internal sealed class DivOperator() : ArithmeticOperator("Div")
{
    /// <inheritdoc/>
    protected override void Combine(ReadOnlySpan<float> left, ReadOnlySpan<float> right, Span<float> result) =>
        TensorPrimitives.Divide(left, right, result);

    /// <inheritdoc/>
    protected override void Combine(ReadOnlySpan<float> left, float right, Span<float> result) =>
        TensorPrimitives.Divide(left, right, result);

    /// <inheritdoc/>
    protected override void Combine(float left, ReadOnlySpan<float> right, Span<float> result) =>
        TensorPrimitives.Divide(left, right, result);

    /// <inheritdoc/>
    protected override long Combine(OperatorContext context, long left, long right) =>
        right == 0 ? throw context.Error("division by zero") : checked(left / right);
}
