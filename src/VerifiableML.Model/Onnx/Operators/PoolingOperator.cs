using System.Collections.Immutable;
using VerifiableML.Model.Float;
using VerifiableML.Model.Quantized;

namespace VerifiableML.Model.Onnx.Operators;

/// <summary>An operator that makes one number of each window of each channel, over one or two spatial axes.</summary>
internal abstract class PoolingOperator(string opType, params ImmutableArray<string> attributes)
    : OnnxOperator(opType, 1, 1, [.. SlidingWindow.Attributes, "ceil_mode", .. attributes])
{
    /// <summary>
    /// An attribute of our own, which files cannot have: the window is the whole input. Operators that pool globally are replaced by
    /// pooling with it, before shapes are known.
    /// </summary>
    public const string WholeInput = "whole_input";

    /// <inheritdoc/>
    public override TensorType Infer(OperatorContext context)
    {
        OnnxTensorInfo input = context.Input(0);
        ImmutableArray<SlidingWindow> windows = Windows(context);
        if (windows.Any(window => window.HasEmptyWindow()))
        {
            throw context.Error("a window reads nothing but padding");
        }

        return new TensorType(input.ElementType, [.. input.Shape[..2], .. windows.Select(window => window.Axis.OutputSize)]);
    }

    /// <summary>The windows of a node of this kind, one for each spatial axis.</summary>
    public static ImmutableArray<SlidingWindow> Windows(OperatorContext context)
    {
        OnnxTensorInfo input = context.Input(0);
        if (input.Rank is not (3 or 4))
        {
            throw context.Error($"{input.Title} must have one or two spatial axes behind batch and channels");
        }

        ImmutableArray<long> kernel = context.Node.Has(WholeInput)
            ? [.. input.Shape[2..].Select(extent => (long)extent)]
            : context.Node.Integers("kernel_shape") ?? throw context.Error("attribute 'kernel_shape' is missing");
        return SlidingWindow.Resolve(context, kernel, context.Node.Integer("ceil_mode", 0) != 0);
    }

    /// <summary>Windows on the vertical and horizontal axes; one spatial axis counts as columns of a single row.</summary>
    public static (SlidingWindow Rows, SlidingWindow Columns) RowsAndColumns(OperatorContext context)
    {
        ImmutableArray<SlidingWindow> windows = Windows(context);
        return (windows.Length == 2 ? windows[0] : new SlidingWindow(new AxisWindow(1, 1, 1, 0, 1, 1), 0), windows[^1]);
    }

    /// <inheritdoc/>
    public override double Operations(OperatorContext context, TensorType output) =>
        Windows(context).Aggregate((double)output.Count, (product, window) => product * window.Axis.Kernel);

    /// <inheritdoc/>
    public override FloatKernel Compile(OperatorContext context, TensorType output)
    {
        (SlidingWindow rows, SlidingWindow columns) = RowsAndColumns(context);
        PlaneKernel pool = CompilePlane(context, rows, columns);
        int inputCells = rows.Axis.InputSize * columns.Axis.InputSize;
        int outputCells = rows.Axis.OutputSize * columns.Axis.OutputSize;
        return operands =>
        {
            for (int plane = 0; plane < operands.Output.Length / outputCells; plane++)
            {
                pool(operands.Input(0).Slice(plane * inputCells, inputCells), operands.Output.Slice(plane * outputCells, outputCells));
            }
        };
    }

    /// <summary>Computes one channel.</summary>
    protected delegate void PlaneKernel(ReadOnlySpan<float> input, Span<float> output);

    /// <summary>The computation of one channel.</summary>
    protected abstract PlaneKernel CompilePlane(OperatorContext context, SlidingWindow rows, SlidingWindow columns);
}
