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
        // Cell by cell, because in a join or a sum of windows no cell reads as much as all of them together.
        TensorShape output = node.Output.Shape;
        TermWeights[] terms = [.. node.Terms.Select(term => new TermWeights(term, tensor(term.Input)))];
        var range = new AccumulatorRange(Int128.MaxValue, Int128.MinValue);
        for (int y = 0; y < output.Rows; y++)
        {
            for (int x = 0; x < output.Columns; x++)
            {
                for (int c = 0; c < output.Channels; c++)
                {
                    Int128 least = node.Bias.IsEmpty ? 0 : node.Bias[c];
                    Int128 greatest = least;
                    foreach (TermWeights term in terms)
                    {
                        (Int128 positive, Int128 negative) = term.At(output, y, x, c);
                        least += (positive * term.Input.Minimum) - (negative * term.Input.Maximum);
                        greatest += (positive * term.Input.Maximum) - (negative * term.Input.Minimum);
                    }

                    range = range.Include(least, greatest);
                }
            }
        }

        return range;
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

    /// <summary>For each output cell the sum of the positive, and of the negated negative, weights with which a term reads inputs.</summary>
    private sealed class TermWeights(WeightedTerm term, QuantizedTensor input)
    {
        private readonly (Int128, Int128) _scale = (Math.Max(term.Coefficient, 0L), Math.Max(-(long)term.Coefficient, 0L));
        private readonly GatherMap? _gather = term.Map as GatherMap;
        private readonly (Int128, Int128)[] _rows = Axis(term.Map, map => map.Rows);
        private readonly (Int128, Int128)[] _columns = Axis(term.Map, map => map.Columns);
        private readonly (Int128, Int128)[] _channels = Axis(term.Map, map => map.Channels);

        public QuantizedTensor Input => input;

        public (Int128 Positive, Int128 Negative) At(TensorShape output, int y, int x, int c)
        {
            if (_gather is not null)
            {
                return _gather.Source[(((y * output.Columns) + x) * output.Channels) + c] < 0 ? (0, 0) : _scale;
            }

            return Multiply(Multiply(_scale, _rows[y]), Multiply(_columns[x], _channels[c]));
        }

        private static (Int128, Int128)[] Axis(CellMap map, Func<SeparableMap, AxisMap> axis) =>
            map is SeparableMap separable ? AxisWeights(axis(separable)) : [];
    }

    private AccumulatorRange Include(Int128 least, Int128 greatest) =>
        new(Int128.Min(Minimum, least), Int128.Max(Maximum, greatest));
}
