using VerifiableML.Model.Float;

namespace VerifiableML.Model.Onnx.Operators;

/// <summary>
/// <c>MatMul</c>: products of matrices over the last two axes; the axes before them broadcast, vectors count as matrices.
/// </summary>
internal sealed class MatMulOperator() : OnnxOperator("MatMul", 2, 2)
{
    /// <inheritdoc/>
    public override TensorType Infer(OperatorContext context)
    {
        context.RequireFloats(0, 1);
        return new TensorType(OnnxElementType.Float, ProductGeometry.Of(context, 0, 1).OutputShape);
    }

    /// <inheritdoc/>
    public override double Operations(OperatorContext context, TensorType output) =>
        (double)output.Count * context.Shape(0)[^1];

    /// <inheritdoc/>
    public override FloatKernel Compile(OperatorContext context, TensorType output)
    {
        ProductGeometry geometry = ProductGeometry.Of(context, 0, 1);
        return operands => geometry.Multiply(operands.Input(0), operands.Input(1), operands.Output);
    }
}
