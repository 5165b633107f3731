using System.Collections.Immutable;

namespace VerifiableML.Model.Onnx.Operators;

/// <summary><c>ReduceMean</c> over constant axes, as spatial averaging is written by some exporters.</summary>
internal sealed class ReduceMeanOperator() : MeanOverAxesOperator("ReduceMean", 2, "axes", "keepdims", "noop_with_empty_axes")
{
    /// <inheritdoc/>
    public override TensorType Infer(OperatorContext context)
    {
        context.RequireFloats(0);
        OnnxTensorInfo input = context.Input(0);
        ImmutableArray<int> axes = Axes(context);
        bool keep = context.Node.Integer("keepdims", 1) != 0;
        IEnumerable<int> shape = keep
            ? input.Shape.Select((extent, axis) => axes.Contains(axis) ? 1 : extent)
            : input.Shape.Where((_, axis) => !axes.Contains(axis));
        return new TensorType(input.ElementType, [.. shape]);
    }

    /// <inheritdoc/>
    public override ImmutableArray<int> Axes(OperatorContext context)
    {
        int rank = context.Input(0).Rank;
        ImmutableArray<long> named = context.IntegersFromAttributeOrInput("axes", 1) ?? [];
        if (named.IsEmpty)
        {
            return context.Node.Integer("noop_with_empty_axes", 0) != 0 ? [] : [.. Enumerable.Range(0, rank)];
        }

        return context.Axes(named, rank);
    }
}
