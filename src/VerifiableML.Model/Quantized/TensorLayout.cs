using System.Collections.Immutable;

namespace VerifiableML.Model.Quantized;

/// <summary>
/// How a tensor of the source model became the cells of a <see cref="TensorShape"/>: its axes are put into another order, after which the elements,
/// row-major, are the cells. An NCHW image has the order 0, 2, 3, 1.
/// </summary>
/// <param name="Shape">Extents in the source model for one sample, batch axis (of extent 1) included.</param>
/// <param name="Order">Which axis of <paramref name="Shape"/> comes first, second, … among the cells.</param>
public sealed record TensorLayout(ImmutableArray<int> Shape, ImmutableArray<int> Order)
{
    /// <summary>Greatest number of axes.</summary>
    public const int GreatestRank = 8;

    /// <summary>Number of elements.</summary>
    public int Count => Shape.Aggregate(1, (product, extent) => checked(product * extent));

    /// <summary>The layout of a tensor that was made channels last from the start.</summary>
    public static TensorLayout Of(TensorShape shape) => InOrder([shape.Rows, shape.Columns, shape.Channels]);

    /// <summary>The layout whose cells stand as the source model's elements do.</summary>
    public static TensorLayout InOrder(ImmutableArray<int> shape) => new(shape, [.. Enumerable.Range(0, shape.Length)]);

    /// <summary>For each element of the source model, row-major, its cell.</summary>
    public int[] Cells()
    {
        var strides = new int[Shape.Length];
        int stride = 1;
        foreach (int axis in Order.Reverse())
        {
            strides[axis] = stride;
            stride *= Shape[axis];
        }

        return Onnx.OnnxShape.StridedIndices(Shape.AsSpan(), strides);
    }

    /// <inheritdoc/>
    public bool Equals(TensorLayout? other) =>
        other is not null && Shape.AsSpan().SequenceEqual(other.Shape.AsSpan()) && Order.AsSpan().SequenceEqual(other.Order.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Shape.Length, Count);

    /// <summary>True where this is a permutation of axes whose elements number <paramref name="cells"/>.</summary>
    internal bool IsValidFor(int cells)
    {
        if (Shape.IsDefault || Order.IsDefault || Shape.Length > GreatestRank || Order.Length != Shape.Length
            || !Order.Order().SequenceEqual(Enumerable.Range(0, Shape.Length)))
        {
            return false;
        }

        long count = 1;
        foreach (int extent in Shape)
        {
            count = extent < 1 || count > cells ? -1 : count * extent;
        }

        return count == cells;
    }
}
