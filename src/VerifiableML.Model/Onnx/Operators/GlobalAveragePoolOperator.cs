using System.Collections.Immutable;

namespace VerifiableML.Model.Onnx.Operators;

/// <summary><c>GlobalAveragePool</c>: the mean of each channel over its spatial axes, which stay with extent 1.</summary>
internal sealed class GlobalAveragePoolOperator() : MeanOverAxesOperator("GlobalAveragePool", 1)
{
    /// <inheritdoc/>
    public override TensorType Infer(OperatorContext context)
    {
        context.RequireFloats(0);
        OnnxTensorInfo input = context.Input(0);
        return input.Rank >= 3
            ? new TensorType(input.ElementType, [.. input.Shape.Select((extent, axis) => axis < 2 ? extent : 1)])
            : throw context.Error($"{input.Title} has no spatial axes");
    }

    /// <inheritdoc/>
    public override ImmutableArray<int> Axes(OperatorContext context) => [.. Enumerable.Range(2, context.Input(0).Rank - 2)];
}
