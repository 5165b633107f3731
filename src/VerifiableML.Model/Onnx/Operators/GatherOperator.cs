using System.Collections.Immutable;

namespace VerifiableML.Model.Onnx.Operators;

/// <summary><c>Gather</c> with constant indices: slices of the input along one axis.</summary>
internal sealed class GatherOperator() : MovementOperator("Gather", 2, 2, "axis")
{
    /// <inheritdoc/>
    public override TensorType Infer(OperatorContext context)
    {
        OnnxTensorInfo input = context.Input(0);
        int axis = context.Axis(context.Node.Integer("axis", 0), input.Rank);
        Indices(context, axis);
        return new TensorType(input.ElementType, [.. input.Shape[..axis], .. context.Shape(1), .. input.Shape[(axis + 1)..]]);
    }

    /// <inheritdoc/>
    public override int[]? Sources(OperatorContext context, TensorType output)
    {
        ImmutableArray<int> shape = context.Shape(0);
        int axis = context.Axis(context.Node.Integer("axis", 0), shape.Length);
        int[] indices = Indices(context, axis);
        int outer = OnnxShape.Count(shape.AsSpan()[..axis]);
        int inner = OnnxShape.Count(shape.AsSpan()[(axis + 1)..]);
        int[] sources = new int[output.Count];
        int next = 0;
        for (int o = 0; o < outer; o++)
        {
            foreach (int index in indices)
            {
                for (int i = 0; i < inner; i++)
                {
                    sources[next++] = (((o * shape[axis]) + index) * inner) + i;
                }
            }
        }

        return sources;
    }

    private static int[] Indices(OperatorContext context, int axis)
    {
        OnnxTensor indices = context.RequireConstant(1, "indices");
        if (indices.IsFloat)
        {
            throw context.Error($"indices, tensor '{indices.Name}', must be integers");
        }

        return [.. indices.ToIntegers().Select(index => context.Axis(index, context.Shape(0)[axis]))];
    }
}
