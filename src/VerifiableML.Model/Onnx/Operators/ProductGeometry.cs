using System.Collections.Immutable;
using System.Numerics;
using VerifiableML.Model.Float;

namespace VerifiableML.Model.Onnx.Operators;

/// <summary>The extents of a matrix product with broadcasting: <c>[…, Rows, Inner] × […, Inner, Columns]</c>.</summary>
/// <param name="Rows">Rows of each left matrix.</param>
/// <param name="Inner">Extent that is summed over.</param>
/// <param name="Columns">Columns of each right matrix.</param>
/// <param name="LeftStarts">First cell of each product's left matrix.</param>
/// <param name="RightStarts">First cell of each product's right matrix.</param>
/// <param name="OutputShape">The output's shape in the graph.</param>
internal sealed record ProductGeometry(
    int Rows, int Inner, int Columns, ImmutableArray<int> LeftStarts, ImmutableArray<int> RightStarts, ImmutableArray<int> OutputShape)
{
    /// <summary>Checks and resolves the operands at two inputs.</summary>
    public static ProductGeometry Of(OperatorContext context, int leftInput, int rightInput)
    {
        OnnxTensorInfo left = context.Input(leftInput);
        OnnxTensorInfo right = context.Input(rightInput);
        if (left.Rank == 0 || right.Rank == 0)
        {
            throw context.Error("a scalar cannot be multiplied as a matrix");
        }

        // A vector is a row on the left and a column on the right; the axis that this adds is dropped again.
        ImmutableArray<int> a = left.Rank == 1 ? [1, .. left.Shape] : left.Shape;
        ImmutableArray<int> b = right.Rank == 1 ? [.. right.Shape, 1] : right.Shape;
        if (a[^1] != b[^2] || !OnnxShape.TryBroadcast(a[..^2], b[..^2], out ImmutableArray<int> outer))
        {
            throw context.Error($"{left.Title} and {right.Title} do not fit");
        }

        IEnumerable<int> shape = outer;
        shape = left.Rank == 1 ? shape : shape.Append(a[^2]);
        shape = right.Rank == 1 ? shape : shape.Append(b[^1]);
        return new ProductGeometry(a[^2], a[^1], b[^1], Starts(a, outer), Starts(b, outer), [.. shape]);
    }

    /// <summary>All products.</summary>
    public void Multiply<T>(ReadOnlySpan<T> left, ReadOnlySpan<T> right, Span<T> result)
        where T : struct, INumber<T>
    {
        (int leftCells, int rightCells, int cells) = (Rows * Inner, Inner * Columns, Rows * Columns);
        for (int i = 0; i < LeftStarts.Length; i++)
        {
            ReadOnlySpan<T> a = left.Slice(LeftStarts[i], leftCells);
            ReadOnlySpan<T> b = right.Slice(RightStarts[i], rightCells);
            MatrixKernel.Multiply(a, b, result.Slice(i * cells, cells), Inner, Columns, transposeRight: false);
        }
    }

    private static ImmutableArray<int> Starts(ImmutableArray<int> matrices, ImmutableArray<int> outer)
    {
        int cells = checked(matrices[^2] * matrices[^1]);
        return [.. OnnxShape.BroadcastIndices(matrices[..^2], outer).Select(index => index * cells)];
    }
}
