using System.Collections.Immutable;

namespace VerifiableML.Model.Onnx.Operators;

/// <summary><c>Reshape</c> to a constant shape; 0 keeps the input's extent (unless <c>allowzero</c>), −1 is what remains.</summary>
internal sealed class ReshapeOperator() : ReshapingOperator("Reshape", 2, 2, "allowzero")
{
    /// <inheritdoc/>
    public override TensorType Infer(OperatorContext context)
    {
        OnnxTensorInfo input = context.Input(0);
        long[] target = [.. context.RequireIntegers(1, "shape")];
        KeepExtents(context, input, target);

        long known = Product(context, target);
        int open = Array.IndexOf(target, -1);
        int batch = context.DeclaredBatch;
        bool spellsBatch = batch > 1 && target is [var front, ..] && front == batch && (open > 0 || known == (long)input.Count * batch);
        if (spellsBatch && input.Shape is [1, ..] && context.Constant(0) is null)
        {
            // The file was written for a fixed batch; here the batch is 1.
            target[0] = 1;
            known /= batch;
        }

        if (open >= 0 && known > 0 && input.Count % known == 0)
        {
            target[open] = input.Count / known;
            known = input.Count;
        }

        if (known != input.Count)
        {
            throw context.Error($"{input.Count} elements of '{input.Name}' do not fit the shape [{string.Join(", ", target)}]");
        }

        return new TensorType(input.ElementType, [.. target.Select(extent => (int)extent)]);
    }

    private static void KeepExtents(OperatorContext context, OnnxTensorInfo input, long[] target)
    {
        bool zeroIsZero = context.Node.Integer("allowzero", 0) != 0;
        for (int axis = 0; axis < target.Length; axis++)
        {
            if (target[axis] == 0 && !zeroIsZero)
            {
                target[axis] = axis < input.Rank
                    ? input.Shape[axis]
                    : throw context.Error($"shape keeps axis {axis}, which '{input.Name}' does not have");
            }
        }
    }

    /// <summary>Product of the given extents, without the one that is −1.</summary>
    private static long Product(OperatorContext context, ReadOnlySpan<long> target)
    {
        long product = 1;
        bool open = false;
        foreach (long extent in target)
        {
            if (extent < -1 || extent > int.MaxValue || (extent == -1 && open))
            {
                throw context.Error($"shape [{string.Join(", ", target.ToArray())}] is not valid");
            }

            open |= extent == -1;
            product = extent == -1 ? product : Math.Min(product * extent, int.MaxValue + 1L);
        }

        return product;
    }
}
