namespace VerifiableML.Model.Quantized;

/// <summary>The least interval shown to hold every accumulator of a node, whatever the input within its tensor's range.</summary>
/// <param name="Minimum">Least accumulator.</param>
/// <param name="Maximum">Greatest accumulator.</param>
internal readonly record struct AccumulatorRange(Int128 Minimum, Int128 Maximum)
{
    /// <summary>Greatest absolute value.</summary>
    public Int128 Magnitude => Int128.Max(Int128.Abs(Minimum), Int128.Abs(Maximum));

    /// <summary>The range of <paramref name="node"/>'s accumulators, from its actual weights and the ranges of the tensors that it reads.</summary>
    /// <param name="node">A structurally valid node.</param>
    /// <param name="tensor">The tensor of a value.</param>
    public static AccumulatorRange Of(AccumulatingNode node, Func<int, QuantizedTensor> tensor) => node switch
    {
        ConvolutionNode convolution => OfConvolution(convolution, tensor(convolution.Input)),
        WeightedSumNode sum => OfWeightedSum(sum, tensor),
        ProductNode product => OfProduct(tensor(product.Left), tensor(product.Right)),
        _ => throw new NotSupportedException($"node '{node.Name}' of type {node.GetType().Name}"),
    };

    private static AccumulatorRange OfConvolution(ConvolutionNode node, QuantizedTensor input)
    {
        // A tap in the padding contributes zero, so zero joins the range of what a weight may meet.
        bool padded = ReadsPadding(node.Rows) || ReadsPadding(node.Columns);
        Int128 least = padded ? Math.Min(0, input.Minimum) : input.Minimum;
        Int128 greatest = padded ? Math.Max(0, input.Maximum) : input.Maximum;
        int channels = node.Output.Shape.Channels;
        int taps = node.Weights.Length / channels;
        var range = new AccumulatorRange(Int128.MaxValue, Int128.MinValue);
        for (int o = 0; o < channels; o++)
        {
            long positive = 0;
            long negative = 0;
            foreach (int weight in node.Weights.AsSpan(o * taps, taps))
            {
                positive += Math.Max(weight, 0);
                negative -= Math.Min(weight, 0);
            }

            Int128 bias = node.Bias.IsEmpty ? 0 : node.Bias[o];
            range = range.Include((positive * least) - (negative * greatest) + bias, (positive * greatest) - (negative * least) + bias);
        }

        return range;
    }

    private static AccumulatorRange OfWeightedSum(WeightedSumNode node, Func<int, QuantizedTensor> tensor)
    {
        TensorShape output = node.Output.Shape;
        var least = new Int128[output.Cells];
        var greatest = new Int128[output.Cells];
        for (int i = 0; i < least.Length && !node.Bias.IsEmpty; i++)
        {
            least[i] = greatest[i] = node.Bias[i % output.Channels];
        }

        foreach (WeightedTerm term in node.Terms)
        {
            QuantizedTensor input = tensor(term.Input);
            int i = 0;
            foreach ((Int128 positive, Int128 negative) in CellWeights(term, output))
            {
                least[i] += (positive * input.Minimum) - (negative * input.Maximum);
                greatest[i++] += (positive * input.Maximum) - (negative * input.Minimum);
            }
        }

        var range = new AccumulatorRange(least[0], greatest[0]);
        for (int i = 1; i < least.Length; i++)
        {
            range = range.Include(least[i], greatest[i]);
        }

        return range;
    }

    /// <summary>For each output cell the sum of the positive, and of the negated negative, weights with which the term reads inputs.</summary>
    private static IEnumerable<(Int128 Positive, Int128 Negative)> CellWeights(WeightedTerm term, TensorShape output)
    {
        (Int128 Positive, Int128 Negative) scale = (Math.Max(term.Coefficient, 0L), Math.Max(-(long)term.Coefficient, 0L));
        if (term.Map is GatherMap gather)
        {
            foreach (int source in gather.Source)
            {
                yield return source < 0 ? (0, 0) : scale;
            }

            yield break;
        }

        var map = (SeparableMap)term.Map;
        (Int128, Int128)[] rows = AxisWeights(map.Rows);
        (Int128, Int128)[] columns = AxisWeights(map.Columns);
        (Int128, Int128)[] channels = AxisWeights(map.Channels);
        for (int y = 0; y < output.Rows; y++)
        {
            for (int x = 0; x < output.Columns; x++)
            {
                (Int128, Int128) plane = Multiply(scale, Multiply(rows[y], columns[x]));
                for (int c = 0; c < output.Channels; c++)
                {
                    yield return Multiply(plane, channels[c]);
                }
            }
        }
    }

    private static (Int128 Positive, Int128 Negative)[] AxisWeights(AxisMap map)
    {
        var weights = new (Int128 Positive, Int128 Negative)[map.OutputSize];
        if (map.IsIdentity)
        {
            Array.Fill(weights, ((Int128)1, (Int128)0));
        }

        foreach (AxisLink link in map.Links)
        {
            weights[link.Output].Positive += Math.Max(link.Coefficient, 0);
            weights[link.Output].Negative -= Math.Min(link.Coefficient, 0);
        }

        return weights;
    }

    private static (Int128 Positive, Int128 Negative) Multiply((Int128 Positive, Int128 Negative) a, (Int128 Positive, Int128 Negative) b) =>
        ((a.Positive * b.Positive) + (a.Negative * b.Negative), (a.Positive * b.Negative) + (a.Negative * b.Positive));

    private static AccumulatorRange OfProduct(QuantizedTensor left, QuantizedTensor right)
    {
        Int128 a = (Int128)left.Minimum * right.Minimum;
        Int128 b = (Int128)left.Minimum * right.Maximum;
        Int128 c = (Int128)left.Maximum * right.Minimum;
        Int128 d = (Int128)left.Maximum * right.Maximum;
        return new AccumulatorRange(Int128.Min(Int128.Min(a, b), Int128.Min(c, d)), Int128.Max(Int128.Max(a, b), Int128.Max(c, d)));
    }

    private static bool ReadsPadding(AxisWindow window) =>
        window.PadBefore > 0
        || ((long)(window.OutputSize - 1) * window.Stride) + ((long)(window.Kernel - 1) * window.Dilation) - window.PadBefore >= window.InputSize;

    private AccumulatorRange Include(Int128 least, Int128 greatest) =>
        new(Int128.Min(Minimum, least), Int128.Max(Maximum, greatest));
}
