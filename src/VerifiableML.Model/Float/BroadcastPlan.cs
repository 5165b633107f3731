using System.Collections.Immutable;
using VerifiableML.Model.Onnx;

namespace VerifiableML.Model.Float;

/// <summary>
/// How an elementwise operation on two tensors runs over memory: in runs of <see cref="RunLength"/> output cells, in each of which an
/// operand either
/// advances cell by cell or stands still.
/// </summary>
internal sealed class BroadcastPlan
{
    private BroadcastPlan(int runLength, bool leftAdvances, bool rightAdvances, int[] leftStarts, int[] rightStarts)
    {
        RunLength = runLength;
        LeftAdvances = leftAdvances;
        RightAdvances = rightAdvances;
        LeftStarts = leftStarts;
        RightStarts = rightStarts;
    }

    /// <summary>Output cells in each run.</summary>
    public int RunLength { get; }

    /// <summary>True where the left operand advances within a run.</summary>
    public bool LeftAdvances { get; }

    /// <summary>True where the right operand advances within a run.</summary>
    public bool RightAdvances { get; }

    /// <summary>The left operand's first cell in each run.</summary>
    public int[] LeftStarts { get; }

    /// <summary>The right operand's first cell in each run.</summary>
    public int[] RightStarts { get; }

    /// <summary>Finds the longest runs for operands of two shapes and the shape that they broadcast to.</summary>
    public static BroadcastPlan Of(ImmutableArray<int> left, ImmutableArray<int> right, ImmutableArray<int> output)
    {
        int runLength = 1;
        int axis = output.Length - 1;
        bool? leftAdvances = null;
        bool? rightAdvances = null;
        for (; axis >= 0; axis--)
        {
            int extent = output[axis];
            bool leftMoves = Extent(left, output.Length, axis) == extent;
            bool rightMoves = Extent(right, output.Length, axis) == extent;
            if (extent > 1 && ((leftAdvances ?? leftMoves) != leftMoves || (rightAdvances ?? rightMoves) != rightMoves))
            {
                break;
            }

            if (extent > 1)
            {
                leftAdvances = leftMoves;
                rightAdvances = rightMoves;
            }

            runLength *= extent;
        }

        ImmutableArray<int> outer = output[..(axis + 1)];
        int[] leftStarts = Starts(left, output.Length, outer);
        int[] rightStarts = Starts(right, output.Length, outer);
        return new BroadcastPlan(runLength, leftAdvances ?? true, rightAdvances ?? true, leftStarts, rightStarts);
    }

    private static int Extent(ImmutableArray<int> shape, int rank, int axis)
    {
        int own = axis - (rank - shape.Length);
        return own < 0 ? 1 : shape[own];
    }

    private static int[] Starts(ImmutableArray<int> shape, int rank, ImmutableArray<int> outer)
    {
        int[] strides = OnnxShape.Strides(shape.AsSpan());
        int[] steps = new int[outer.Length];
        for (int axis = 0; axis < outer.Length; axis++)
        {
            int own = axis - (rank - shape.Length);
            steps[axis] = own < 0 || shape[own] == 1 ? 0 : strides[own];
        }

        return OnnxShape.StridedIndices(outer.AsSpan(), steps);
    }
}
