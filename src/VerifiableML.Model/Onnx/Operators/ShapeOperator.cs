using VerifiableML.Model.Float;

namespace VerifiableML.Model.Onnx.Operators;

/// <summary><c>Shape</c>: the input's extents, which are constants here.</summary>
internal sealed class ShapeOperator() : OnnxOperator("Shape", 1, 1, "start", "end")
{
    /// <inheritdoc/>
    public override TensorType Infer(OperatorContext context) => new(OnnxElementType.Int64, [Extents(context).Length]);

    /// <inheritdoc/>
    public override OnnxTensor? Fold(OperatorContext context, TensorType output) =>
        new(context.Node.Output, output.Shape, Extents(context));

    /// <inheritdoc/>
    public override FloatKernel Compile(OperatorContext context, TensorType output) =>
        throw new InvalidOperationException("shapes are folded when a model is read");

    private static long[] Extents(OperatorContext context)
    {
        OnnxTensorInfo input = context.Input(0);
        int start = Bound(context.Node.Integer("start", 0), input.Rank);
        int end = Bound(context.Node.Integer("end", input.Rank), input.Rank);
        return [.. input.Shape.Take(end).Skip(start).Select(extent => (long)extent)];
    }

    private static int Bound(long axis, int rank) => (int)Math.Clamp(axis < 0 ? axis + rank : axis, 0, rank);
}
