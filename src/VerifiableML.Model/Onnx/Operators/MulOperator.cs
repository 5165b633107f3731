using System.Numerics.Tensors;

namespace VerifiableML.Model.Onnx.Operators;

/// <summary><c>Mul</c>: elementwise product with broadcasting.</summary>
internal sealed class MulOperator() : ArithmeticOperator("Mul")
{
    /// <inheritdoc/>
    protected override void Combine(ReadOnlySpan<float> left, ReadOnlySpan<float> right, Span<float> result) =>
        TensorPrimitives.Multiply(left, right, result);

    /// <inheritdoc/>
    protected override void Combine(ReadOnlySpan<float> left, float right, Span<float> result) =>
        TensorPrimitives.Multiply(left, right, result);

    /// <inheritdoc/>
    protected override void Combine(float left, ReadOnlySpan<float> right, Span<float> result) =>
        TensorPrimitives.Multiply(right, left, result);

    /// <inheritdoc/>
    protected override long Combine(OperatorContext context, long left, long right) => checked(left * right);
}
