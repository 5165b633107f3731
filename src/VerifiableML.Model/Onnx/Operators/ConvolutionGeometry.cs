using System.Collections.Immutable;
using VerifiableML.Model.Quantized;

namespace VerifiableML.Model.Onnx.Operators;

/// <summary>The extents of a convolution; one spatial axis counts as columns of a single row.</summary>
/// <param name="Batch">Extent of axis 0.</param>
/// <param name="InputChannels">Channels of the input.</param>
/// <param name="OutputChannels">Channels of the output.</param>
/// <param name="Groups">Number of groups; divides both.</param>
/// <param name="Rows">Window on the vertical axis.</param>
/// <param name="Columns">Window on the horizontal axis.</param>
/// <param name="OutputShape">The output's shape in the graph.</param>
internal sealed record ConvolutionGeometry(
    int Batch, int InputChannels, int OutputChannels, int Groups, AxisWindow Rows, AxisWindow Columns, ImmutableArray<int> OutputShape)
{
    /// <summary>Products that are summed for one output cell: channels of a group times kernel cells.</summary>
    public int Contraction => checked(InputChannels / Groups * Rows.Kernel * Columns.Kernel);

    /// <summary>Cells of one output channel.</summary>
    public int OutputCells => Rows.OutputSize * Columns.OutputSize;

    /// <summary>Cells of one input channel.</summary>
    public int InputCells => Rows.InputSize * Columns.InputSize;

    /// <summary>True where the input, as it stands, is the matrix that im2col would make.</summary>
    public bool IsPointwise => Rows.IsIdentity && Columns.IsIdentity;

    /// <summary>
    /// Checks and resolves a node whose inputs <paramref name="weights"/> and <paramref name="bias"/> are kernel and bias.
    /// </summary>
    public static ConvolutionGeometry Of(OperatorContext context, int weights, int bias)
    {
        OnnxTensorInfo input = context.Input(0);
        OnnxTensorInfo kernel = context.Input(weights);
        if (input.Rank is not (3 or 4))
        {
            throw context.Error($"{input.Title} must have one or two spatial axes behind batch and channels");
        }

        long groups = context.Node.Integer("group", 1);
        if (kernel.Rank != input.Rank || groups < 1 || kernel.Shape[0] % groups != 0 || (long)kernel.Shape[1] * groups != input.Shape[1])
        {
            throw context.Error(
                $"kernel {kernel.Title} in {groups} groups does not fit {input.Title}");
        }

        ImmutableArray<long> extents = [.. kernel.Shape[2..].Select(extent => (long)extent)];
        if (context.Node.Integers("kernel_shape") is { } declared && !declared.SequenceEqual(extents))
        {
            throw context.Error($"kernel_shape [{string.Join(", ", declared)}] is not that of {kernel.Title}");
        }

        if (context.Has(bias) && !context.Shape(bias).SequenceEqual([kernel.Shape[0]]))
        {
            throw context.Error($"bias {context.Input(bias).Title} must have {kernel.Shape[0]} elements");
        }

        ImmutableArray<SlidingWindow> windows = SlidingWindow.Resolve(context, extents);
        AxisWindow rows = windows.Length == 2 ? windows[0].Axis : new AxisWindow(1, 1, 1, 0, 1, 1);
        ImmutableArray<int> shape = [input.Shape[0], kernel.Shape[0], .. windows.Select(window => window.Axis.OutputSize)];
        return new ConvolutionGeometry(input.Shape[0], input.Shape[1], kernel.Shape[0], (int)groups, rows, windows[^1].Axis, shape);
    }
}
