using System.Collections.Immutable;
using VerifiableML.Model.Quantization;
using VerifiableML.Model.Quantized;
using VerifiableML.Model.Samples;

namespace VerifiableML.Model.Tests.Execution.Conformance;

/// <summary>Makes models of a few nodes with just the geometry and the integers that a case is about.</summary>
internal sealed class CaseBuilder(TensorShape shape, long minimum, long maximum)
{
    private readonly QuantizedTensor _input = new("input", shape, minimum, maximum, 1);
    private readonly List<QuantizedNode> _nodes = [];
    private readonly SampleRandom _random = new(99);

    /// <summary>Number of the last value.</summary>
    public int Last => _nodes.Count;

    public static AxisWindow Window(int size, int kernel, int stride = 1, int dilation = 1, int before = 0, int after = 0) =>
        new(kernel, stride, dilation, before, size, ((size + before + after - (((kernel - 1) * dilation) + 1)) / stride) + 1);

    public static ActivationTable Clamp(int bits, int least, int greatest) =>
        new("clamp", bits, least, [.. Enumerable.Range(least, greatest - least + 1)]);

    public QuantizedTensor Tensor(int value) => value == 0 ? _input : _nodes[value - 1].Output;

    /// <summary>Weights that <paramref name="weight"/> gives, or random ones of 16 bits.</summary>
    public CaseBuilder Convolution(
        AxisWindow rows, AxisWindow columns, int channels, bool depthwise = false, Func<int, int>? weight = null, ImmutableArray<long>? bias = null,
        int? shift = null, ActivationTable? table = null, bool raw = false)
    {
        TensorShape source = Tensor(Last).Shape;
        int count = channels * rows.Kernel * columns.Kernel * (depthwise ? 1 : source.Channels);
        int[] weights = [.. Enumerable.Range(0, count).Select(i => weight?.Invoke(i) ?? (int)_random.Integer(short.MinValue, short.MaxValue))];
        ImmutableArray<long> biases = bias ?? [.. Enumerable.Range(0, channels).Select(_ => _random.Integer(-100000, 100000))];
        int value = Last;
        return Add(new TensorShape(rows.OutputSize, columns.OutputSize, channels), shift, table, raw, (output, requantization, bound) => new ConvolutionNode(
            "convolution", output, biases, requantization, bound, value, rows, columns, depthwise ? source.Channels : 1, weights));
    }

    public CaseBuilder MaxPool(AxisWindow rows, AxisWindow columns)
    {
        QuantizedTensor source = Tensor(Last);
        _nodes.Add(new MaxPoolNode(
            "pool", source with { Shape = new TensorShape(rows.OutputSize, columns.OutputSize, source.Shape.Channels) }, Last, rows, columns));
        return this;
    }

    public CaseBuilder Sum(
        TensorShape output, ImmutableArray<long> bias, int? shift = null, ActivationTable? table = null, bool raw = false, params WeightedTerm[] terms) =>
        Add(output, shift, table, raw, (tensor, requantization, bound) => new WeightedSumNode("sum", tensor, bias, requantization, bound, [.. terms]));

    public CaseBuilder Product(int left, int right, int? shift = null, ActivationTable? table = null, bool raw = false) =>
        Add(Tensor(left).Shape, shift, table, raw, (tensor, requantization, bound) => new ProductNode("product", tensor, requantization, bound, left, right));

    public ConformanceCase ToCase(string name, int batchSize = 1) =>
        new(name, QuantizedModelValidator.Validated(new QuantizedModel(name, _input, [.. _nodes], Last, PostProcessing.None)), batchSize);

    /// <summary>Adds a node with its true bound, and where nothing else is said with the shift that brings quotients to about 10 bits and a clamp to int8.</summary>
    private CaseBuilder Add(TensorShape shape, int? shift, ActivationTable? table, bool raw, Func<QuantizedTensor, Requantization?, long, AccumulatingNode> build)
    {
        var probe = new QuantizedTensor("output", shape, -1, 1, 1);
        AccumulatorRange range = AccumulatorRange.Of(build(probe, null, 0), Tensor);
        if (raw)
        {
            _nodes.Add(build(probe with { Minimum = (long)range.Minimum, Maximum = (long)range.Maximum }, null, (long)range.Magnitude));
            return this;
        }

        int bits = table?.DomainBits ?? 10;
        int least = 0;
        while (LinearQuantizer.DomainBits(range, least) > bits)
        {
            least++;
        }

        table ??= Clamp(10, -128, 127);
        _nodes.Add(build(
            probe with { Minimum = table.Values.Min(), Maximum = table.Values.Max() }, new Requantization(shift ?? least, table), (long)range.Magnitude));
        return this;
    }
}
