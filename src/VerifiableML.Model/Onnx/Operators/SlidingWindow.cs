using System.Collections.Immutable;
using VerifiableML.Model.Quantized;

namespace VerifiableML.Model.Onnx.Operators;

/// <summary>The window of a convolution or pooling along one spatial axis, with automatic padding resolved.</summary>
/// <param name="Axis">Kernel, stride, dilation, padding in front, extents.</param>
/// <param name="PadAfter">Padding behind the last input; windows may reach beyond even that where sizes are rounded up.</param>
internal readonly record struct SlidingWindow(AxisWindow Axis, int PadAfter)
{
    /// <summary>Greatest kernel extent, stride, dilation or padding.</summary>
    private const int GreatestParameter = 1 << 16;

    /// <summary>Attributes that all operators with windows understand.</summary>
    public static ImmutableArray<string> Attributes { get; } = ["auto_pad", "dilations", "kernel_shape", "pads", "strides"];

    /// <summary>The windows over the spatial axes (those after batch and channels) of a node's input.</summary>
    /// <param name="context">The node.</param>
    /// <param name="kernel">Kernel extents, one for each spatial axis.</param>
    /// <param name="roundUp">True where a last window that is not full counts, as pooling may ask for.</param>
    public static ImmutableArray<SlidingWindow> Resolve(OperatorContext context, ImmutableArray<long> kernel, bool roundUp = false)
    {
        ImmutableArray<int> spatial = context.Shape(0)[2..];
        ImmutableArray<long> strides = Parameter(context, "strides", spatial.Length, 1);
        ImmutableArray<long> dilations = Parameter(context, "dilations", spatial.Length, 1);
        ImmutableArray<long> pads = Parameter(context, "pads", 2 * spatial.Length, 0);
        string autoPad = context.Node.Text("auto_pad", "NOTSET");
        if (autoPad is not ("NOTSET" or "SAME_UPPER" or "SAME_LOWER" or "VALID"))
        {
            throw context.Error($"auto_pad '{autoPad}' is not supported");
        }

        if (kernel.Length != spatial.Length || kernel.Any(extent => extent is < 1 or > GreatestParameter))
        {
            throw context.Error($"kernel [{string.Join(", ", kernel)}] does not fit {spatial.Length} spatial axes");
        }

        ImmutableArray<SlidingWindow>.Builder windows = ImmutableArray.CreateBuilder<SlidingWindow>(spatial.Length);
        for (int axis = 0; axis < spatial.Length; axis++)
        {
            int extent = spatial[axis];
            (int size, int stride, int dilation) = ((int)kernel[axis], (int)strides[axis], (int)dilations[axis]);
            long reach = ((long)(size - 1) * dilation) + 1;
            (long before, long after) = Pads(autoPad, extent, reach, stride, pads[axis], pads[spatial.Length + axis]);
            long slack = extent + before + after - reach;
            if (slack < 0)
            {
                throw context.Error($"a kernel that reaches over {reach} cells does not fit spatial axis {axis} of {extent} cells");
            }

            long outputs = (slack / stride) + 1;
            if (roundUp && slack % stride != 0 && outputs * stride < extent + before)
            {
                // One more window, unless it would start in the padding behind.
                outputs++;
            }

            windows.Add(new SlidingWindow(new AxisWindow(size, stride, dilation, (int)before, extent, checked((int)outputs)), (int)after));
        }

        return windows.ToImmutable();
    }

    /// <summary>True where some window reads nothing but padding.</summary>
    public bool HasEmptyWindow()
    {
        for (int output = 0; output < Axis.OutputSize; output++)
        {
            long start = ((long)output * Axis.Stride) - Axis.PadBefore;
            long offset = start >= 0 ? 0 : (-start + Axis.Dilation - 1) / Axis.Dilation;
            if (offset >= Axis.Kernel || start + (offset * Axis.Dilation) >= Axis.InputSize)
            {
                return true;
            }
        }

        return false;
    }

    private static ImmutableArray<long> Parameter(OperatorContext context, string name, int count, int missing)
    {
        ImmutableArray<long> values = context.Node.Integers(name) ?? [.. Enumerable.Repeat((long)missing, count)];
        return values.Length == count && values.All(value => value >= missing && value <= GreatestParameter)
            ? values
            : throw context.Error($"{name} [{string.Join(", ", values)}] do not fit, or are out of range");
    }

    private static (long Before, long After) Pads(string autoPad, int extent, long reach, int stride, long before, long after)
    {
        if (autoPad == "NOTSET")
        {
            return (before, after);
        }

        if (autoPad == "VALID")
        {
            return (0, 0);
        }

        long outputs = ((long)extent + stride - 1) / stride;
        long total = Math.Max(((outputs - 1) * stride) + reach - extent, 0);
        long less = total / 2;
        return autoPad == "SAME_UPPER" ? (less, total - less) : (total - less, less);
    }
}
