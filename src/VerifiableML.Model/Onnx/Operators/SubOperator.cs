using System.Numerics.Tensors;

namespace VerifiableML.Model.Onnx.Operators;

/// <summary><c>Sub</c>: elementwise difference with broadcasting.</summary>
internal sealed class SubOperator() : ArithmeticOperator("Sub")
{
    /// <inheritdoc/>
    protected override void Combine(ReadOnlySpan<float> left, ReadOnlySpan<float> right, Span<float> result) =>
        TensorPrimitives.Subtract(left, right, result);

    /// <inheritdoc/>
    protected override void Combine(ReadOnlySpan<float> left, float right, Span<float> result) =>
        TensorPrimitives.Subtract(left, right, result);

    /// <inheritdoc/>
    protected override void Combine(float left, ReadOnlySpan<float> right, Span<float> result) =>
        TensorPrimitives.Subtract(left, right, result);

    /// <inheritdoc/>
    protected override long Combine(OperatorContext context, long left, long right) => checked(left - right);
}
