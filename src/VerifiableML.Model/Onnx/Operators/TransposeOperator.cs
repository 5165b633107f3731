using System.Collections.Immutable;

namespace VerifiableML.Model.Onnx.Operators;

/// <summary><c>Transpose</c>: axis <c>i</c> of the output is axis <c>perm[i]</c> of the input; reversed by default.</summary>
internal sealed class TransposeOperator() : MovementOperator("Transpose", 1, 1, "perm")
{
    /// <inheritdoc/>
    public override TensorType Infer(OperatorContext context)
    {
        OnnxTensorInfo input = context.Input(0);
        return new TensorType(input.ElementType, [.. Permutation(context).Select(axis => input.Shape[axis])]);
    }

    /// <inheritdoc/>
    public override int[]? Sources(OperatorContext context, TensorType output)
    {
        int[] strides = OnnxShape.Strides(context.Shape(0).AsSpan());
        return OnnxShape.StridedIndices(output.Shape.AsSpan(), [.. Permutation(context).Select(axis => strides[axis])]);
    }

    /// <summary>The permutation of a node of this operator.</summary>
    public static ImmutableArray<int> Permutation(OperatorContext context)
    {
        int rank = context.Input(0).Rank;
        if (context.Node.Integers("perm") is not { } perm)
        {
            return [.. Enumerable.Range(0, rank).Reverse()];
        }

        if (!perm.Order().SequenceEqual(Enumerable.Range(0, rank).Select(axis => (long)axis)))
        {
            throw context.Error($"perm [{string.Join(", ", perm)}] is not an order of {rank} axes");
        }

        return [.. perm.Select(axis => (int)axis)];
    }
}
