using System.Collections.Immutable;
using VerifiableML.Model.Quantization.Lowering;
using VerifiableML.Model.Quantized;

namespace VerifiableML.Model.Quantization;

/// <summary>Quantized nodes from lowered layers, for given multipliers.</summary>
internal static class LayerNodes
{
    /// <summary>What makes the node of a layer once its multiplier (accumulator steps for one real unit) is known.</summary>
    public static LinearQuantizer.Build Builder(LinearLayer layer, string tensor, Func<int, QuantizedTensor> tensors) =>
        (multiplier, requantization, bound, scale, minimum, maximum) =>
        {
            var output = new QuantizedTensor(tensor, layer.Shape, minimum, maximum, scale);
            ImmutableArray<long> bias = LinearQuantizer.RoundBias(layer.Bias, multiplier);
            return layer switch
            {
                ConvolutionLayer convolution => new ConvolutionNode(
                    layer.Name,
                    output,
                    bias,
                    requantization,
                    bound,
                    convolution.Input,
                    convolution.Rows,
                    convolution.Columns,
                    convolution.Groups,
                    LinearQuantizer.Round(convolution.Weights, multiplier * tensors(convolution.Input).Scale)),
                SumLayer sum => new WeightedSumNode(
                    layer.Name,
                    output,
                    bias,
                    requantization,
                    bound,
                    [.. sum.Terms.Select(term => new WeightedTerm(
                        term.Input, LinearQuantizer.Round([term.Coefficient], multiplier * tensors(term.Input).Scale)[0], term.Map))]),
                ProductLayer product => new ProductNode(layer.Name, output, requantization, bound, product.Left, product.Right),
                _ => throw new NotSupportedException(layer.GetType().Name),
            };
        };

    /// <summary>Greatest absolute real weight of a layer times the scale of what it meets.</summary>
    public static double LargestWeight(LinearLayer layer, Func<int, QuantizedTensor> tensors) => layer switch
    {
        ConvolutionLayer convolution => convolution.Weights.Max(Math.Abs) * tensors(convolution.Input).Scale,
        SumLayer sum => sum.Terms.Max(term => Math.Abs(term.Coefficient) * tensors(term.Input).Scale),
        _ => 0,
    };

    /// <summary>A node that moves cells of one scale and changes none.</summary>
    public static WeightedSumNode Rearrangement(SumLayer layer, string tensor, Func<int, QuantizedTensor> tensors)
    {
        ImmutableArray<WeightedTerm> terms = [.. layer.Terms.Select(term => new WeightedTerm(term.Input, 1, term.Map))];
        var output = new QuantizedTensor(tensor, layer.Shape, 0, 0, tensors(layer.Terms[0].Input).Scale);
        AccumulatorRange range = AccumulatorRange.Of(new WeightedSumNode(layer.Name, output, [], null, 0, terms), tensors);
        output = output with { Minimum = (long)range.Minimum, Maximum = (long)range.Maximum };
        return new WeightedSumNode(layer.Name, output, [], null, (long)range.Magnitude, terms);
    }
}
