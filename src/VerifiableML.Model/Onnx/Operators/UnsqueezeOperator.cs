using System.Collections.Immutable;

namespace VerifiableML.Model.Onnx.Operators;

/// <summary><c>Unsqueeze</c>: puts in axes of extent 1, numbered as in the output.</summary>
internal sealed class UnsqueezeOperator() : ReshapingOperator("Unsqueeze", 1, 2, "axes")
{
    /// <inheritdoc/>
    public override TensorType Infer(OperatorContext context)
    {
        OnnxTensorInfo input = context.Input(0);
        ImmutableArray<long> named = context.IntegersFromAttributeOrInput("axes", 1) ?? throw context.Error("no axes are given");
        if (named.Length > OnnxLimits.GreatestRank)
        {
            throw context.Error($"{named.Length} axes are too many");
        }

        List<int> shape = [.. input.Shape];
        foreach (int axis in context.Axes(named, input.Rank + named.Length))
        {
            shape.Insert(axis, 1);
        }

        return new TensorType(input.ElementType, [.. shape]);
    }
}
