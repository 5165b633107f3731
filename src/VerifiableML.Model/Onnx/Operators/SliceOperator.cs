using System.Collections.Immutable;

namespace VerifiableML.Model.Onnx.Operators;

/// <summary>
/// <c>Slice</c> with constant bounds: every <c>step</c>-th index from <c>start</c> up to (not with) <c>end</c> on each named axis.
/// </summary>
internal sealed class SliceOperator() : MovementOperator("Slice", 1, 5, "starts", "ends", "axes")
{
    /// <inheritdoc/>
    public override TensorType Infer(OperatorContext context) =>
        new(context.Input(0).ElementType, [.. Ranges(context).Select(range => range.Count)]);

    /// <inheritdoc/>
    public override int[]? Sources(OperatorContext context, TensorType output)
    {
        int[] strides = OnnxShape.Strides(context.Shape(0).AsSpan());
        AxisRange[] ranges = Ranges(context);
        int start = ranges.Select((range, axis) => range.Start * strides[axis]).Sum();
        return OnnxShape.StridedIndices(output.Shape.AsSpan(), [.. ranges.Select((range, axis) => range.Step * strides[axis])], start);
    }

    private static AxisRange[] Ranges(OperatorContext context)
    {
        ImmutableArray<int> shape = context.Shape(0);
        ImmutableArray<long> starts = context.IntegersFromAttributeOrInput("starts", 1) ?? throw context.Error("no starts are given");
        ImmutableArray<long> ends = context.IntegersFromAttributeOrInput("ends", 2) ?? throw context.Error("no ends are given");
        ImmutableArray<long> axes = context.IntegersFromAttributeOrInput("axes", 3)
            ?? [.. Enumerable.Range(0, starts.Length).Select(axis => (long)axis)];
        ImmutableArray<long> steps = context.Has(4) ? context.RequireIntegers(4, "steps") : [.. Enumerable.Repeat(1L, starts.Length)];
        if (starts.Length != ends.Length || starts.Length != axes.Length || starts.Length != steps.Length || starts.Length > shape.Length)
        {
            throw context.Error("starts, ends, axes and steps differ in number");
        }

        AxisRange[] ranges = [.. shape.Select(extent => new AxisRange(0, 1, extent))];
        for (int i = 0; i < starts.Length; i++)
        {
            int axis = context.Axis(axes[i], shape.Length);
            ranges[axis] = AxisRange.Of(starts[i], ends[i], steps[i], shape[axis])
                ?? throw context.Error($"the slice of axis {axis} is empty");
        }

        return ranges;
    }

    /// <summary>Indices <c>Start + i · Step</c>, <c>i &lt; Count</c>.</summary>
    private readonly record struct AxisRange(int Start, int Step, int Count)
    {
        /// <summary>
        /// Resolves bounds that count from the end where negative and are clamped to the axis; null where nothing is left.
        /// </summary>
        public static AxisRange? Of(long start, long end, long step, int extent)
        {
            if (step is 0 or < int.MinValue + 1 or > int.MaxValue)
            {
                return null;
            }

            // Going down, the first index is at most the last of the axis, and the end may stand before index 0.
            (long least, long most) = step > 0 ? (0, extent) : (-1, extent - 1);
            long from = Math.Clamp(start < 0 ? start + extent : start, step > 0 ? 0 : Math.Min(0, most), most);
            long to = Math.Clamp(end < 0 ? (end < -extent ? least : end + extent) : end, least, most);
            long count = step > 0 ? (to - from + step - 1) / step : (from - to - step - 1) / -step;
            return count > 0 ? new AxisRange((int)from, (int)step, (int)count) : null;
        }
    }
}
