using System.Collections.Immutable;
using VerifiableML.Circuits.Layout;
using VerifiableML.Circuits.Relations;
using VerifiableML.Circuits.Tables;
using VerifiableML.Model.Quantized;

namespace VerifiableML.Circuits.Compilation;

/// <summary>Turns the nodes of a model into relations, columns, lookups and segments.</summary>
/// <param name="builder">Where they are collected.</param>
/// <param name="model">The model's architecture.</param>
/// <param name="batchSize">Number of inputs.</param>
/// <param name="limbBits">Widest limb of a remainder.</param>
internal sealed class NodeCompiler(CircuitBuilder builder, QuantizedModel model, int batchSize, int limbBits)
{
    public void CompileInput()
    {
        QuantizedTensor input = model.Input;
        if (input.Minimum > 0 || input.Maximum < 0 || input.Maximum - input.Minimum >= 1L << 20)
        {
            throw new CircuitException($"input «{input.Name}»: the range {input.Minimum} … {input.Maximum} must hold 0 and be narrower than 2^20");
        }

        int bits = LayoutOf(0).Bits;
        long span = input.Maximum - input.Minimum + 1;
        var table = new RangeTable(Math.Max(1, TensorLayout.BitsFor(span)));
        int column = builder.AddColumn("input", bits);
        builder.ValueColumns.Add(column);
        int lower = builder.AddLookup("input, lower bound", table, bits);
        int upper = span == 1L << table.Bits ? -1 : builder.AddLookup("input, upper bound", table, bits);
        builder.Relations.Add(new InputRelation(input.Name, column, (int)input.Minimum, (int)input.Maximum, lower, upper));
    }

    public void Compile(int node)
    {
        QuantizedNode description = model.Nodes[node];
        switch (description)
        {
            case ConvolutionNode convolution:
                builder.Relations.Add(Convolution(node, convolution));
                break;
            case WeightedSumNode sum:
                builder.Relations.Add(WeightedSum(node, sum));
                break;
            case ProductNode product:
                (int output, RequantizationColumns? requantization) = Output(node, product);
                builder.Relations.Add(new ProductRelation(
                    node, product.Name, product.Output.Shape, LayoutOf(node + 1), output, requantization, product.Left, product.Right));
                break;
            case MaxPoolNode pool:
                builder.Relations.Add(MaxPool(node, pool));
                break;
            default:
                throw new CircuitException($"node «{description.Name}»: there is no relation for {description.GetType().Name}");
        }
    }

    private TensorLayout LayoutOf(int value) => TensorLayout.Of(model.Tensor(value).Shape, batchSize);

    private ConvolutionRelation Convolution(int node, ConvolutionNode convolution)
    {
        TensorLayout layout = LayoutOf(node + 1);
        TensorLayout input = LayoutOf(convolution.Input);
        TensorShape shape = convolution.Output.Shape;
        bool depthwise = convolution.Groups > 1;
        int inputChannels = model.Tensor(convolution.Input).Shape.Channels;
        if (depthwise && (convolution.Groups != inputChannels || layout.ChannelBits < input.ChannelBits
            || shape.Channels != inputChannels << (layout.ChannelBits - input.ChannelBits)))
        {
            throw new CircuitException($"node «{convolution.Name}»: only dense and depthwise convolutions have a relation");
        }

        (int output, RequantizationColumns? requantization) = Output(node, convolution);
        int weights = builder.AddSegment(depthwise
            ? new WeightSegment(
                "weights", node, SegmentContent.Weights, 0, false, [convolution.Rows.Kernel, convolution.Columns.Kernel], layout.ChannelBits)
            : new WeightSegment(
                "weights", node, SegmentContent.Weights, layout.ChannelBits, true,
                [HighOutputs(shape.Channels), convolution.Rows.Kernel, convolution.Columns.Kernel], input.ChannelBits));
        return new ConvolutionRelation(
            node, convolution.Name, shape, layout, output, requantization, BiasOf(node, convolution), convolution.Input, input,
            convolution.Rows, convolution.Columns, depthwise, weights);
    }

    private WeightedSumRelation WeightedSum(int node, WeightedSumNode sum)
    {
        TensorLayout layout = LayoutOf(node + 1);
        (int output, RequantizationColumns? requantization) = Output(node, sum);
        ImmutableArray<SumTerm> terms =
        [
            .. sum.Terms.Select((term, j) => new SumTerm(
                term.Input, model.Tensor(term.Input).Shape, LayoutOf(term.Input), term.Map, builder.AddVirtual($"{sum.Name}, term {j}", layout.Bits))),
        ];
        int coefficients = builder.AddSegment(
            new WeightSegment("coefficients", node, SegmentContent.Coefficients, 0, false, [terms.Length], 0));
        return new WeightedSumRelation(
            node, sum.Name, sum.Output.Shape, layout, output, requantization, BiasOf(node, sum), terms, coefficients);
    }

    private MaxPoolRelation MaxPool(int node, MaxPoolNode pool)
    {
        TensorLayout layout = LayoutOf(node + 1);
        QuantizedTensor input = model.Tensor(pool.Input);
        int offsets = pool.Rows.Kernel * pool.Columns.Kernel;

        // Padded cells are zero, so zero belongs to the range whose differences the table must hold.
        long span = Math.Max(input.Maximum, 0) - Math.Min(input.Minimum, 0) + 1;
        var table = new MaximumTable(TensorLayout.BitsFor(span) + 1);
        ImmutableArray<VirtualColumn> inputs =
            [.. Enumerable.Range(0, offsets).Select(j => builder.AddVirtual($"{pool.Name}, offset {j}", layout.Bits))];
        ImmutableArray<int> maxima =
            [.. Enumerable.Range(1, Math.Max(1, offsets - 1)).Select(j => builder.AddColumn($"{pool.Name}, maximum {j}", layout.Bits))];
        ImmutableArray<int> lookups =
            [.. Enumerable.Range(1, offsets - 1).Select(j => builder.AddLookup($"{pool.Name}, maximum {j}", table, layout.Bits))];
        builder.ValueColumns.Add(maxima[^1]);
        return new MaxPoolRelation(
            node, pool.Name, layout, pool.Input, LayoutOf(pool.Input), pool.Rows, pool.Columns, inputs, maxima, lookups);
    }

    /// <summary>Adds the output's column and, where the accumulator is requantized, what belongs to that.</summary>
    private (int Output, RequantizationColumns? Requantization) Output(int node, AccumulatingNode description)
    {
        int bits = LayoutOf(node + 1).Bits;
        int output = builder.AddColumn($"{description.Name}, output", bits);
        builder.ValueColumns.Add(output);
        if (description.Requantization is not { } requantization)
        {
            return (output, null);
        }

        VirtualColumn quotient = builder.AddVirtual($"{description.Name}, quotient", bits);
        int activation = builder.AddLookup($"{description.Name}, activation", new SaturatingTable(requantization.Table), bits);
        var limbs = ImmutableArray.CreateBuilder<RemainderLimb>();
        int count = (requantization.Shift + limbBits - 1) / limbBits;
        int shift = 0;
        for (int limb = 0; limb < count; limb++)
        {
            // As even a split as possible, so that tables stay small and few.
            int width = (requantization.Shift - shift + (count - limb) - 1) / (count - limb);
            limbs.Add(new RemainderLimb(
                builder.AddColumn($"{description.Name}, remainder {limb}", bits),
                builder.AddLookup($"{description.Name}, remainder {limb}", new RangeTable(width), bits),
                shift));
            shift += width;
        }

        return (output, new RequantizationColumns(requantization.Shift, quotient, activation, limbs.ToImmutable()));
    }

    private int BiasOf(int node, AccumulatingNode description)
    {
        if (description.Bias.IsDefaultOrEmpty)
        {
            return -1;
        }

        int channels = description.Output.Shape.Channels;
        return builder.AddSegment(new WeightSegment(
            "bias", node, SegmentContent.Bias, TensorLayout.BitsFor(channels), true, [HighOutputs(channels)], 0));
    }

    /// <summary>Extent of the part of the output channel axis that the rows do not take.</summary>
    private int HighOutputs(int channels)
    {
        int rows = 1 << Math.Min(TensorLayout.BitsFor(channels), builder.WeightRowBits);
        return (channels + rows - 1) / rows;
    }
}
