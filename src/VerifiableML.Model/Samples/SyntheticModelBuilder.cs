using System.Collections.Immutable;
using VerifiableML.Model.Quantization;
using VerifiableML.Model.Quantized;

namespace VerifiableML.Model.Samples;

/// <summary>Strings random layers together, each reading the one before it.</summary>
internal sealed class SyntheticModelBuilder(string name, TensorShape input)
{
    private const int Greatest = OutputGrid.Greatest;

    // Where a layer reads the uniform input, or maxima, its outputs spread wider than its inputs by about these factors.
    private const double InputSpread = 1.6;
    private const double PoolSpread = 1.4;

    private readonly SampleRandom _random = new(0x5EED);
    private readonly LinearQuantizer _quantizer = new(QuantizerOptions.Default);
    private readonly QuantizedTensor _input = new("input", input, -Greatest, Greatest, 1.0 / Greatest);
    private readonly List<QuantizedNode> _nodes = [];

    /// <summary>A square convolution with ReLU.</summary>
    public SyntheticModelBuilder Convolution(int channels, int kernel, int padding, int stride = 1)
    {
        TensorShape shape = Tensor(_nodes.Count).Shape;
        AxisWindow Window(int size) =>
            new(kernel, stride, 1, padding, size, ((size + (2 * padding) - kernel) / stride) + 1);
        return Linear($"conv{_nodes.Count}", channels, Window(shape.Rows), Window(shape.Columns), last: false);
    }

    /// <summary>A dense layer over all cells, with ReLU unless it is the last.</summary>
    public SyntheticModelBuilder Dense(int outputs, bool last = false)
    {
        TensorShape shape = Tensor(_nodes.Count).Shape;
        return Linear(
            $"dense{_nodes.Count}",
            outputs,
            new AxisWindow(shape.Rows, 1, 1, 0, shape.Rows, 1),
            new AxisWindow(shape.Columns, 1, 1, 0, shape.Columns, 1),
            last);
    }

    /// <summary>Maximum over disjoint squares.</summary>
    public SyntheticModelBuilder Pool(int size)
    {
        QuantizedTensor source = Tensor(_nodes.Count);
        AxisWindow Window(int extent) => new(size, size, 1, 0, extent, extent / size);
        var shape = new TensorShape(source.Shape.Rows / size, source.Shape.Columns / size, source.Shape.Channels);
        string pool = $"pool{_nodes.Count}";
        _nodes.Add(new MaxPoolNode(
            pool, source with { Name = pool, Shape = shape }, _nodes.Count, Window(source.Shape.Rows), Window(source.Shape.Columns)));
        return this;
    }

    /// <summary>The model.</summary>
    public QuantizedModel ToModel() => QuantizedModelValidator.Validated(
        SharedTables.Unify(new QuantizedModel(name, _input, [.. _nodes], _nodes.Count, PostProcessing.ArgMax)));

    private QuantizedTensor Tensor(int value) => value == 0 ? _input : _nodes[value - 1].Output;

    private SyntheticModelBuilder Linear(string layer, int channels, AxisWindow rows, AxisWindow columns, bool last)
    {
        int value = _nodes.Count;
        QuantizedTensor source = Tensor(value);
        int taps = rows.Kernel * columns.Kernel * source.Shape.Channels;

        // Gain √2 keeps the mean square through ReLU (He et al. 2015). Pooling picks large values, which the clip then has to leave room for.
        double deviation = Math.Sqrt(2 / (taps * LiveShare(rows) * LiveShare(columns)));
        double[] weights = Draw(channels * taps, deviation);
        double[] bias = Draw(channels, 0.05);
        double clip = Greatest * source.Scale * (value == 0 ? InputSpread : _nodes[value - 1] is MaxPoolNode ? PoolSpread : 1);
        AccumulatingNode Build(double multiplier, Requantization? requantization, long bound, double scale, long minimum, long maximum) =>
            new ConvolutionNode(
                layer,
                new QuantizedTensor(layer, new TensorShape(rows.OutputSize, columns.OutputSize, channels), minimum, maximum, scale),
                LinearQuantizer.RoundBias(bias, multiplier),
                requantization,
                bound,
                value,
                rows,
                columns,
                1,
                LinearQuantizer.Round(weights, multiplier * source.Scale));
        double largest = weights.Max(Math.Abs) * source.Scale;
        _nodes.Add(last
            ? _quantizer.Exact(Build, largest, Tensor)
            : _quantizer.WithTable(Build, largest, ClipFunction.Relu, OutputGrid.UpTo(clip), wide: false, Tensor));
        return this;
    }

    /// <summary>The share of kernel offsets that read cells, not padding.</summary>
    private static double LiveShare(AxisWindow window)
    {
        int live = 0;
        for (int o = 0; o < window.OutputSize; o++)
        {
            for (int k = 0; k < window.Kernel; k++)
            {
                live += window.InputIndex(o, k) >= 0 ? 1 : 0;
            }
        }

        return live / (double)(window.OutputSize * window.Kernel);
    }

    private double[] Draw(int count, double deviation)
    {
        var values = new double[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = _random.Normal() * deviation;
        }

        return values;
    }
}
