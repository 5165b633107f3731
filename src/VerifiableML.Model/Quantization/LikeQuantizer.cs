using VerifiableML.Model.Quantization.Lowering;
using VerifiableML.Model.Quantized;

namespace VerifiableML.Model.Quantization;

/// <summary>Quantizes a layer with the shift, table, domain and scale of the same layer in another model, so that the circuit stays the same.</summary>
internal static class LikeQuantizer
{
    private const int GreatestWeight = short.MaxValue;
    private const int GreatestWideWeight = 1 << 24;

    /// <summary>The node of <paramref name="layer"/>, with everything but weights and biases from <paramref name="like"/>.</summary>
    /// <exception cref="QuantizationException">The weights do not fit.</exception>
    public static AccumulatingNode Quantize(
        LinearLayer layer, string tensor, AccumulatingNode like, Func<int, QuantizedTensor> tensors)
    {
        LinearQuantizer.Build build = LayerNodes.Builder(layer, tensor, tensors);
        QuantizedTensor output = like.Output;
        double multiplier = like.Requantization is { } requantization
            ? Math.ScaleB(1 / QuotientScale(layer, like, requantization, tensors), requantization.Shift)
            : 1 / output.Scale;
        AccumulatingNode node = build(multiplier, like.Requantization, like.AccumulatorBound, output.Scale, output.Minimum, output.Maximum);
        Check(node, layer.Grid is not null ? GreatestWideWeight : GreatestWeight, tensors);
        return node;
    }

    /// <summary>The step of <c>q</c> with which the layer's function gives the other model's table.</summary>
    private static double QuotientScale(
        LinearLayer layer, AccumulatingNode like, Requantization requantization, Func<int, QuantizedTensor> tensors)
    {
        ActivationFunction function = layer.Function ?? ClipFunction.Identity;
        OutputGrid grid = LayerGrids.Prescribed(layer)
            ?? (LayerGrids.IsRearrangement(layer)
                ? new OutputGrid(like.Output.Scale, (int)like.Output.Minimum, (int)like.Output.Maximum)
                : new OutputGrid(like.Output.Scale, -OutputGrid.Greatest, OutputGrid.Greatest));
        double finest = layer is ProductLayer
            ? Math.ScaleB(layer.Inputs.Aggregate(1.0, (product, input) => product * tensors(input).Scale), requantization.Shift)
            : function.QuotientScale(grid);
        for (double step = finest; step <= finest * (1 << 24); step *= 2)
        {
            ActivationPlan plan = function.Plan(grid, step);
            if (plan.Table(requantization.Table.DomainBits).Equals(requantization.Table))
            {
                return step;
            }
        }

        throw new QuantizationException($"the model to be like applies another function here ('{requantization.Table.Name}', not '{function.Name}')");
    }

    private static void Check(AccumulatingNode node, int greatest, Func<int, QuantizedTensor> tensors)
    {
        int largest = node switch
        {
            ConvolutionNode convolution => convolution.Weights.Max(Math.Abs),
            WeightedSumNode sum => sum.Terms.Max(term => Math.Abs(term.Coefficient)),
            _ => 0,
        };
        if (largest > greatest)
        {
            throw new QuantizationException($"with the other model's shift a weight becomes {largest}, the most is {greatest}; quantize afresh");
        }

        AccumulatorRange range = AccumulatorRange.Of(node, tensors);
        bool fits = range.Magnitude <= node.AccumulatorBound
            && (node.Requantization is not { } requantization
                || LinearQuantizer.DomainBits(range, requantization.Shift) <= requantization.Table.DomainBits);
        if (!fits)
        {
            throw new QuantizationException(
                $"the weights can drive an accumulator to {range.Magnitude}, the other model's bound is {node.AccumulatorBound}; quantize afresh");
        }
    }
}
