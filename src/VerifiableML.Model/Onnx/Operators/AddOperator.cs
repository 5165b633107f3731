using System.Numerics.Tensors;

namespace VerifiableML.Model.Onnx.Operators;

/// <summary><c>Add</c>: elementwise sum with broadcasting.</summary>
internal sealed class AddOperator() : ArithmeticOperator("Add")
{
    /// <inheritdoc/>
    protected override void Combine(ReadOnlySpan<float> left, ReadOnlySpan<float> right, Span<float> result) =>
        TensorPrimitives.Add(left, right, result);

    /// <inheritdoc/>
    protected override void Combine(ReadOnlySpan<float> left, float right, Span<float> result) =>
        TensorPrimitives.Add(left, right, result);

    /// <inheritdoc/>
    protected override void Combine(float left, ReadOnlySpan<float> right, Span<float> result) =>
        TensorPrimitives.Add(right, left, result);

    /// <inheritdoc/>
    protected override long Combine(OperatorContext context, long left, long right) => checked(left + right);
}
