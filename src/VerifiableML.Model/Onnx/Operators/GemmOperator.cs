using System.Collections.Immutable;
using System.Numerics.Tensors;
using VerifiableML.Model.Float;

namespace VerifiableML.Model.Onnx.Operators;

/// <summary>
/// <c>Gemm</c>: <c>alpha · A · B + beta · C</c> on matrices, B transposed where <c>transB</c>; <c>transA</c> is not supported.
/// </summary>
internal sealed class GemmOperator() : OnnxOperator("Gemm", 2, 3, "alpha", "beta", "transA", "transB")
{
    /// <inheritdoc/>
    public override TensorType Infer(OperatorContext context)
    {
        context.RequireFloats(0, 1, 2);
        if (context.Node.Integer("transA", 0) != 0)
        {
            throw context.Error("transA is not supported");
        }

        return new TensorType(OnnxElementType.Float, OutputShape(context, 0, 1, 2, TransposesRight(context.Node)));
    }

    /// <summary>True where B is stored as <c>[n][k]</c>.</summary>
    public static bool TransposesRight(OnnxNode node) => node.Integer("transB", 0) != 0;

    /// <summary>Checks operands at the given inputs, and returns the shape of the product.</summary>
    internal static ImmutableArray<int> OutputShape(OperatorContext context, int left, int right, int addend, bool transposeRight)
    {
        OnnxTensorInfo a = context.Input(left);
        OnnxTensorInfo b = context.Input(right);
        if (a.Rank != 2 || b.Rank != 2 || a.Shape[1] != b.Shape[transposeRight ? 1 : 0])
        {
            throw context.Error($"{a.Title} and {b.Title} do not fit");
        }

        ImmutableArray<int> shape = [a.Shape[0], b.Shape[transposeRight ? 0 : 1]];
        bool fits = !context.Has(addend)
            || (OnnxShape.TryBroadcast(context.Shape(addend), shape, out ImmutableArray<int> sum) && sum.SequenceEqual(shape));
        if (!fits)
        {
            throw context.Error($"{context.Input(addend).Title} does not broadcast to {OnnxShape.Format(shape)}");
        }

        return shape;
    }

    /// <inheritdoc/>
    public override double Operations(OperatorContext context, TensorType output) =>
        (double)output.Count * context.Shape(0)[1];

    /// <inheritdoc/>
    public override FloatKernel Compile(OperatorContext context, TensorType output)
    {
        float alpha = context.Node.Float("alpha", 1);
        float beta = context.Node.Float("beta", 1);
        bool transposeRight = TransposesRight(context.Node);
        (int inner, int columns) = (context.Shape(0)[1], output.Shape[1]);
        int[]? addends = context.Has(2) ? OnnxShape.BroadcastIndices(context.Shape(2), output.Shape) : null;
        return operands =>
        {
            Span<float> result = operands.Output;
            MatrixKernel.Multiply(operands.Input(0), operands.Input(1), result, inner, columns, transposeRight);
            if (alpha != 1)
            {
                TensorPrimitives.Multiply(result, alpha, result);
            }

            ReadOnlySpan<float> addend = operands.Input(2);
            for (int i = 0; i < (addends?.Length ?? 0); i++)
            {
                result[i] += beta * addend[addends![i]];
            }
        };
    }
}
