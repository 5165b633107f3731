using System.Collections.Immutable;
using VerifiableML.Model.Onnx;
using VerifiableML.Model.Onnx.Operators;
using VerifiableML.Model.Quantized;

namespace VerifiableML.Model.Quantization.Lowering;

/// <summary><c>y = factor · x + offset</c> with constants: folded into the layer before where that is possible, else a layer of its own.</summary>
internal static class AffineLowering
{
    /// <summary>Lowers BatchNormalization.</summary>
    public static void LowerBatchNormalization(LoweringState state, OnnxNode node)
    {
        (double[] factors, double[] offsets) = BatchNormalizationOperator.AffineForm(state.Context(node));
        ImmutableArray<int> shape = state.Graph.Shape(node.Output);
        int plane = OnnxShape.Count(shape.AsSpan()[2..]);
        int count = OnnxShape.Count(shape);
        var factor = new double[count];
        var offset = new double[count];
        for (int i = 0; i < count; i++)
        {
            int channel = i / plane % factors.Length;
            (factor[i], offset[i]) = (factors[channel], offsets[channel]);
        }

        state.SetOutput(node, Apply(state, node, state.Activation(node, 0), node.Inputs[0], factor, offset));
    }

    /// <summary>Applies factors and offsets, one for each element of the view.</summary>
    /// <param name="state">The lowering.</param>
    /// <param name="node">The node whose output this is.</param>
    /// <param name="view">The view of <paramref name="tensor"/>.</param>
    /// <param name="tensor">The tensor that is viewed, or null.</param>
    /// <param name="factor">Factors.</param>
    /// <param name="offset">Offsets.</param>
    public static TensorView Apply(LoweringState state, OnnxNode node, TensorView view, string? tensor, double[] factor, double[] offset)
    {
        if (factor.All(value => value == 1) && offset.All(value => value == 0))
        {
            return view;
        }

        int cells = state.Shape(view.Value).Cells;
        if (!view.IsPermutation(cells) || ByChannel(state, view, factor) is null || ByChannel(state, view, offset) is null)
        {
            view = state.ArrangeFlat(view, node, tensor);
        }

        double[] factors = ByChannel(state, view, factor)!;
        double[] offsets = ByChannel(state, view, offset)!;
        return TryFold(state, node, view, factors, offsets) ? view : Append(state, node, view, factors, offsets);
    }

    /// <summary>One number for each channel, or null where cells of one channel differ.</summary>
    private static double[]? ByChannel(LoweringState state, TensorView view, double[] values)
    {
        int channels = state.Shape(view.Value).Channels;
        var byChannel = new double[channels];
        Array.Fill(byChannel, double.NaN);
        for (int i = 0; i < values.Length; i++)
        {
            ref double known = ref byChannel[view.Cells[i] % channels];
            if (!double.IsNaN(known) && known != values[i])
            {
                return null;
            }

            known = values[i];
        }

        return byChannel;
    }

    private static bool TryFold(LoweringState state, OnnxNode node, TensorView view, double[] factors, double[] offsets)
    {
        if (!view.IsExclusive || state.Producer(view.Value) is not LinearLayer { IsOpen: true } layer)
        {
            return false;
        }

        switch (layer)
        {
            case ConvolutionLayer convolution:
                int taps = convolution.Weights.Length / factors.Length;
                for (int i = 0; i < convolution.Weights.Length; i++)
                {
                    convolution.Weights[i] *= factors[i / taps];
                }

                break;
            case SumLayer { Rearranges: false } sum when factors.All(factor => factor == factors[0]):
                for (int i = 0; i < sum.Terms.Count; i++)
                {
                    sum.Terms[i] = sum.Terms[i] with { Coefficient = sum.Terms[i].Coefficient * factors[0] };
                }

                break;
            default:
                return false;
        }

        layer.Bias = [.. layer.Bias.Select((bias, channel) => (bias * factors[channel]) + offsets[channel])];
        layer.PreTensor = node.Output;
        return true;
    }

    private static TensorView Append(LoweringState state, OnnxNode node, TensorView view, double[] factors, double[] offsets)
    {
        TensorShape shape = state.Shape(view.Value);
        LinearLayer layer = factors.All(factor => factor == factors[0])
            ? new SumLayer(node.Name, shape, node.Output, [new LoweredTerm(view.Value, factors[0], CellMaps.Identity(shape))])
            : new ConvolutionLayer(
                node.Name,
                shape,
                node.Output,
                view.Value,
                new AxisWindow(1, 1, 1, 0, shape.Rows, shape.Rows),
                new AxisWindow(1, 1, 1, 0, shape.Columns, shape.Columns),
                shape.Channels,
                factors);
        layer.Bias = offsets;
        return view with { Value = state.Add(layer), IsExclusive = true };
    }
}
