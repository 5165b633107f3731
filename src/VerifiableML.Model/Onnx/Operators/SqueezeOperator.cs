using System.Collections.Immutable;

namespace VerifiableML.Model.Onnx.Operators;

/// <summary><c>Squeeze</c>: drops axes of extent 1, those that are named or else all.</summary>
internal sealed class SqueezeOperator() : ReshapingOperator("Squeeze", 1, 2, "axes")
{
    /// <inheritdoc/>
    public override TensorType Infer(OperatorContext context)
    {
        OnnxTensorInfo input = context.Input(0);
        ImmutableArray<int> dropped = context.IntegersFromAttributeOrInput("axes", 1) is { } axes
            ? context.Axes(axes, input.Rank)
            : [.. Enumerable.Range(0, input.Rank).Where(axis => input.Shape[axis] == 1)];
        foreach (int axis in dropped)
        {
            if (input.Shape[axis] != 1)
            {
                throw context.Error($"axis {axis} of '{input.Name}' has extent {input.Shape[axis]}, not 1");
            }
        }

        return new TensorType(input.ElementType, [.. input.Shape.Where((_, axis) => !dropped.Contains(axis))]);
    }
}
