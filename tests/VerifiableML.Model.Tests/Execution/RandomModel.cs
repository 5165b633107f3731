using System.Collections.Immutable;
using VerifiableML.Model.Quantization;
using VerifiableML.Model.Quantized;
using VerifiableML.Model.Samples;

namespace VerifiableML.Model.Tests.Execution;

/// <summary>Valid models of every node kind with odd geometry, from a seed.</summary>
internal sealed class RandomModel
{
    private readonly SampleRandom _random;
    private readonly List<QuantizedNode> _nodes = [];
    private readonly QuantizedTensor _input;

    private RandomModel(ulong seed)
    {
        _random = new SampleRandom(seed);
        bool wide = Next(4) == 0;
        _input = new QuantizedTensor("in", new TensorShape(Next(12) + 1, Next(12) + 1, Next(9) + 1), wide ? -32768 : -128, wide ? 32767 : 127, 0.1);
    }

    public static QuantizedModel Create(ulong seed)
    {
        var random = new RandomModel(seed);
        int nodes = 1 + random.Next(6);
        for (int i = 0; i < nodes; i++)
        {
            random.AddNode();
        }

        return QuantizedModelValidator.Validated(
            new QuantizedModel("random", random._input, [.. random._nodes], random._nodes.Count, PostProcessing.None));
    }

    private int Next(int limit) => (int)_random.Integer(0, limit - 1);

    private QuantizedTensor Tensor(int value) => value == 0 ? _input : _nodes[value - 1].Output;

    private void AddNode()
    {
        int value = _nodes.Count;
        switch (Next(6))
        {
            case 0:
                AddPool(value);
                break;
            case 1:
                AddSum(value);
                break;
            case 2:
                AddProduct(value);
                break;
            case 3:
                AddConvolution(value, depthwise: true);
                break;
            default:
                AddConvolution(value, depthwise: false);
                break;
        }
    }

    private AxisWindow Window(int size, bool pooling)
    {
        int kernel = Math.Min(1 + Next(7), Math.Max(1, size));
        int dilation = (kernel - 1) * 2 < size && Next(3) == 0 ? 2 : 1;
        int extent = ((kernel - 1) * dilation) + 1;
        int before = Next(pooling ? Math.Max(1, kernel / 2) : kernel + 1);
        int after = Next(pooling ? Math.Max(1, kernel / 2) : kernel + 1);
        if (pooling && dilation > 1)
        {
            before = after = 0;
        }

        int stride = 1 + Next(3);
        return new AxisWindow(kernel, stride, dilation, before, size, ((size + before + after - extent) / stride) + 1);
    }

    private void AddPool(int value)
    {
        QuantizedTensor source = Tensor(value);
        AxisWindow rows = Window(source.Shape.Rows, true);
        AxisWindow columns = Window(source.Shape.Columns, true);
        var shape = new TensorShape(rows.OutputSize, columns.OutputSize, source.Shape.Channels);
        _nodes.Add(new MaxPoolNode("pool", source with { Shape = shape }, value, rows, columns));
    }

    private void AddConvolution(int value, bool depthwise)
    {
        TensorShape source = Tensor(value).Shape;
        bool dense = !depthwise && Next(4) == 0;
        AxisWindow rows = dense ? new AxisWindow(source.Rows, 1, 1, 0, source.Rows, 1) : Window(source.Rows, false);
        AxisWindow columns = dense ? new AxisWindow(source.Columns, 1, 1, 0, source.Columns, 1) : Window(source.Columns, false);
        int channels = depthwise ? source.Channels << Next(3) : 1 + Next(21);
        int taps = rows.Kernel * columns.Kernel * (depthwise ? 1 : source.Channels);
        int magnitude = 1 << (2 + Next(14));
        int[] weights = [.. Enumerable.Range(0, channels * taps).Select(_ => Next(5) == 0 ? magnitude - 1 : Next(2 * magnitude) - magnitude)];
        var shape = new TensorShape(rows.OutputSize, columns.OutputSize, channels);
        Add(shape, Bias(channels), (output, bias, requantization, bound) => new ConvolutionNode(
            "conv", output, bias, requantization, bound, value, rows, columns, depthwise ? source.Channels : 1, weights));
    }

    private void AddSum(int value)
    {
        QuantizedTensor source = Tensor(value);
        var shape = new TensorShape(1 + Next(6), 1 + Next(6), Next(2) == 0 ? source.Shape.Channels : 1 + Next(9));
        List<WeightedTerm> terms = [];
        for (int i = 0; i <= Next(3); i++)
        {
            int from = i == 0 ? value : Next(value + 1);
            TensorShape input = Tensor(from).Shape;
            CellMap map = Next(3) == 0
                ? new GatherMap([.. Enumerable.Range(0, shape.Cells).Select(_ => Next(input.Cells + 1) - 1)])
                : new SeparableMap(Axis(input.Rows, shape.Rows), Axis(input.Columns, shape.Columns), Axis(input.Channels, shape.Channels));
            terms.Add(new WeightedTerm(from, Next(2001) - 1000, map));
        }

        Add(shape, Bias(shape.Channels), (output, bias, requantization, bound) =>
            new WeightedSumNode("sum", output, bias, requantization, bound, [.. terms]));
    }

    private AxisMap Axis(int input, int output)
    {
        if (input == output && Next(2) == 0)
        {
            return AxisMap.Identity(input);
        }

        IEnumerable<AxisLink> links = Enumerable.Range(0, Next(2 * output) + 1)
            .Select(_ => new AxisLink(Next(output), Next(input), Next(7) - 3));
        return new AxisMap(input, output, [.. links.OrderBy(link => link.Output)], false);
    }

    private void AddProduct(int value)
    {
        int[] others = [.. Enumerable.Range(0, value + 1).Where(i => Tensor(i).Shape == Tensor(value).Shape)];
        int right = others[Next(others.Length)];
        Add(Tensor(value).Shape, [], (output, _, requantization, bound) => new ProductNode("product", output, requantization, bound, value, right));
    }

    private ImmutableArray<long> Bias(int channels) => Next(2) == 0 ? [] : [.. Enumerable.Range(0, channels).Select(_ => (long)Next(20001) - 10000)];

    private void Add(
        TensorShape shape, ImmutableArray<long> bias, Func<QuantizedTensor, ImmutableArray<long>, Requantization?, long, AccumulatingNode> build)
    {
        var probe = new QuantizedTensor("t", shape, -1, 1, 1);
        AccumulatorRange range = AccumulatorRange.Of(build(probe, bias, null, 0), Tensor);
        if (range.Magnitude < 30000 && Next(2) == 0)
        {
            _nodes.Add(build(probe with { Minimum = (long)range.Minimum, Maximum = (long)range.Maximum }, bias, null, (long)range.Magnitude));
            return;
        }

        int shift = Next(3) == 0 ? 0 : 5;
        while (LinearQuantizer.DomainBits(range, shift) > 19)
        {
            shift++;
        }

        int bits = Math.Max(9, LinearQuantizer.DomainBits(range, shift));
        int first = -128 + Next(200);
        ImmutableArray<int> table = [.. Enumerable.Range(0, 1 + Next(Math.Min(100, 256 - first - 128))).Select(_ => Next(255) - 127)];
        _nodes.Add(build(
            probe with { Minimum = -127, Maximum = 127 },
            bias,
            new Requantization(shift, new ActivationTable("random", bits, first, table)),
            (long)range.Magnitude));
    }
}
