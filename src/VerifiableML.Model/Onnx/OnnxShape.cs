using System.Collections.Immutable;

namespace VerifiableML.Model.Onnx;

/// <summary>Arithmetic of shapes: extents from the outermost axis inward, elements in row-major order.</summary>
public static class OnnxShape
{
    /// <summary>Number of elements of a shape; 1 for a scalar. Shapes in a graph are bounded, so that this cannot overflow.</summary>
    public static int Count(ReadOnlySpan<int> shape)
    {
        int count = 1;
        foreach (int extent in shape)
        {
            count = checked(count * extent);
        }

        return count;
    }

    /// <inheritdoc cref="Count(ReadOnlySpan{int})"/>
    public static int Count(ImmutableArray<int> shape) => Count(shape.AsSpan());

    /// <summary>The distance between neighbours along each axis.</summary>
    public static int[] Strides(ReadOnlySpan<int> shape)
    {
        int[] strides = new int[shape.Length];
        int stride = 1;
        for (int axis = shape.Length - 1; axis >= 0; axis--)
        {
            strides[axis] = stride;
            stride *= shape[axis];
        }

        return strides;
    }

    /// <summary>A shape for people: <c>[1, 3, 32, 32]</c>.</summary>
    public static string Format(ImmutableArray<int> shape) => $"[{string.Join(", ", shape)}]";

    /// <summary>
    /// The shape of an elementwise operation on two shapes: aligned at the innermost axis, an extent of 1 stretches to the other's.
    /// </summary>
    /// <returns>False where two extents differ and neither is 1.</returns>
    public static bool TryBroadcast(ImmutableArray<int> left, ImmutableArray<int> right, out ImmutableArray<int> result)
    {
        int rank = Math.Max(left.Length, right.Length);
        int[] extents = new int[rank];
        result = [];
        for (int back = 1; back <= rank; back++)
        {
            int a = back <= left.Length ? left[^back] : 1;
            int b = back <= right.Length ? right[^back] : 1;
            if (a != b && a != 1 && b != 1)
            {
                return false;
            }

            extents[^back] = a == 1 ? b : a;
        }

        result = [.. extents];
        return true;
    }

    /// <summary>
    /// For each element of <paramref name="target"/> the element of <paramref name="source"/> that broadcasting puts there.
    /// </summary>
    public static int[] BroadcastIndices(ImmutableArray<int> source, ImmutableArray<int> target)
    {
        int[] sourceStrides = Strides(source.AsSpan());
        int[] steps = new int[target.Length];
        for (int back = 1; back <= source.Length; back++)
        {
            steps[^back] = source[^back] == 1 ? 0 : sourceStrides[^back];
        }

        return StridedIndices(target.AsSpan(), steps);
    }

    /// <summary>For each element of <paramref name="shape"/>, in row-major order, <c>start + Σ index[axis] · steps[axis]</c>.</summary>
    public static int[] StridedIndices(ReadOnlySpan<int> shape, ReadOnlySpan<int> steps, int start = 0)
    {
        int[] indices = new int[Count(shape)];
        Span<int> position = stackalloc int[shape.Length];
        position.Clear();
        int current = start;
        for (int i = 0; i < indices.Length; i++)
        {
            indices[i] = current;
            for (int axis = shape.Length - 1; axis >= 0; axis--)
            {
                current += steps[axis];
                if (++position[axis] < shape[axis])
                {
                    break;
                }

                current -= steps[axis] * shape[axis];
                position[axis] = 0;
            }
        }

        return indices;
    }
}
