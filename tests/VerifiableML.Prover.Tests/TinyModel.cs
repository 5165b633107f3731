using System.Collections.Immutable;
using VerifiableML.Model.Quantized;

namespace VerifiableML.Prover.Tests;

/// <summary>The shapes of activation that a <see cref="TinyModel"/> can have.</summary>
internal enum Curve
{
    /// <summary>The accumulator itself; no requantization.</summary>
    Raw,

    /// <summary>A clamp to small integers of both signs.</summary>
    Clamp,

    /// <summary>max(q, 0), clamped above.</summary>
    Relu,

    /// <summary>A rising curve that is not zero at zero, so that padded cells need a row of their own.</summary>
    Sigmoid,
}

/// <summary>Builds small quantized models by hand, straight from their records, with weights from a seed.</summary>
internal sealed class TinyModel(TensorShape input, int least = -8, int greatest = 7, int seed = 1)
{
    private readonly Random _random = new(seed);
    private readonly QuantizedTensor _input = new("input", input, least, greatest, 1);
    private readonly List<QuantizedNode> _nodes = [];

    /// <summary>The value made last.</summary>
    public int Last => _nodes.Count;

    public QuantizedTensor Tensor(int value) => value == 0 ? _input : _nodes[value - 1].Output;

    public QuantizedModel Model(int? output = null) =>
        QuantizedModelValidator.Validated(Unchecked(output));

    /// <summary>The model as it is, though the validator of models might refuse it.</summary>
    public QuantizedModel Unchecked(int? output = null) => new("tiny", _input, [.. _nodes], output ?? Last, PostProcessing.None);

    public static AxisWindow Window(int kernel, int size, int stride = 1, int dilation = 1, int before = 0, int after = 0) =>
        new(kernel, stride, dilation, before, size, ((size + before + after - (((kernel - 1) * dilation) + 1)) / stride) + 1);

    public static AxisWindow All(int size) => new(size, 1, 1, 0, size, 1);

    public TinyModel Convolution(
        int channels, AxisWindow rows, AxisWindow columns, Curve curve = Curve.Relu, int shift = 3, bool bias = true, int multiplier = 0,
        int magnitude = 7, int? from = null)
    {
        int value = from ?? Last;
        QuantizedTensor source = Tensor(value);
        bool depthwise = multiplier > 0;
        int outputs = depthwise ? source.Shape.Channels * multiplier : channels;
        int taps = rows.Kernel * columns.Kernel * (depthwise ? 1 : source.Shape.Channels);
        int[] weights = [.. Enumerable.Range(0, outputs * taps).Select(_ => _random.Next(-magnitude, magnitude + 1))];
        ImmutableArray<long> biases = bias ? [.. Enumerable.Range(0, outputs).Select(_ => (long)_random.Next(-magnitude, magnitude + 1) * 3)] : [];
        long bound = Bound(weights, taps, Greatest(source)) + (bias ? 3L * magnitude : 0);
        return Add(new TensorShape(rows.OutputSize, columns.OutputSize, outputs), curve, shift, bound, (output, requantization) => new ConvolutionNode(
            $"conv{value}", output, biases, requantization, bound, value, rows, columns, depthwise ? source.Shape.Channels : 1, weights));
    }

    public TinyModel Dense(int outputs, Curve curve = Curve.Raw, int shift = 3, bool bias = true, int magnitude = 7) =>
        Convolution(outputs, All(Tensor(Last).Shape.Rows), All(Tensor(Last).Shape.Columns), curve, shift, bias, magnitude: magnitude);

    public TinyModel Sum(TensorShape shape, Curve curve, int shift, bool bias, params WeightedTerm[] terms)
    {
        ImmutableArray<long> biases = bias ? [.. Enumerable.Range(0, shape.Channels).Select(_ => (long)_random.Next(-20, 21))] : [];
        long bound = (bias ? 20 : 0) + terms.Sum(term => Math.Abs((long)term.Coefficient) * Greatest(Tensor(term.Input)) * Gain(term.Map));
        return Add(shape, curve, shift, bound, (output, requantization) =>
            new WeightedSumNode($"sum{Last}", output, biases, requantization, bound, [.. terms]));
    }

    public TinyModel Product(int left, int right, Curve curve = Curve.Clamp, int shift = 3)
    {
        long bound = Greatest(Tensor(left)) * Greatest(Tensor(right));
        return Add(Tensor(left).Shape, curve, shift, bound, (output, requantization) =>
            new ProductNode($"product{Last}", output, requantization, bound, left, right));
    }

    public TinyModel Pool(AxisWindow rows, AxisWindow columns)
    {
        QuantizedTensor source = Tensor(Last);
        var shape = new TensorShape(rows.OutputSize, columns.OutputSize, source.Shape.Channels);
        _nodes.Add(new MaxPoolNode($"pool{Last}", source with { Name = "pool", Shape = shape }, Last, rows, columns));
        return this;
    }

    /// <summary>A map with the given (output, input, coefficient) entries.</summary>
    public static AxisMap Axis(int input, int output, params (int Output, int Input, int Coefficient)[] links) =>
        new(input, output, [.. links.OrderBy(link => link.Output).Select(link => new AxisLink(link.Output, link.Input, link.Coefficient))], false);

    public static SeparableMap Identity(TensorShape shape) =>
        new(AxisMap.Identity(shape.Rows), AxisMap.Identity(shape.Columns), AxisMap.Identity(shape.Channels));

    private TinyModel Add(TensorShape shape, Curve curve, int shift, long bound, Func<QuantizedTensor, Requantization?, QuantizedNode> build)
    {
        if (curve == Curve.Raw)
        {
            _nodes.Add(build(new QuantizedTensor($"t{Last}", shape, -bound, bound, 1), null));
            return this;
        }

        long quotient = ((bound + (shift == 0 ? 0 : 1L << (shift - 1))) >> shift) + 2;
        int bits = Math.Max(6, 65 - System.Numerics.BitOperations.LeadingZeroCount((ulong)quotient));
        (int first, int[] values) = curve switch
        {
            Curve.Relu => (0, Enumerable.Range(0, 16).ToArray()),
            Curve.Sigmoid => (-4, [1, 1, 2, 3, 5, 8, 10, 11, 12]),
            _ => (-9, Enumerable.Range(-9, 19).ToArray()),
        };
        var table = new ActivationTable(curve.ToString(), bits, first, [.. values]);
        _nodes.Add(build(
            new QuantizedTensor($"t{Last}", shape, Math.Min(0, values.Min()), Math.Max(0, values.Max()), 1), new Requantization(shift, table)));
        return this;
    }

    private static long Greatest(QuantizedTensor tensor) => Math.Max(Math.Abs(tensor.Minimum), Math.Abs(tensor.Maximum));

    private static long Bound(int[] weights, int taps, long greatest) =>
        weights.Chunk(taps).Max(kernel => kernel.Sum(weight => Math.Abs((long)weight))) * greatest;

    private static long Gain(CellMap map) => map is SeparableMap separable
        ? Gain(separable.Rows) * Gain(separable.Columns) * Gain(separable.Channels)
        : 1;

    private static long Gain(AxisMap map) => map.IsIdentity
        ? 1
        : map.Links.GroupBy(link => link.Output).Select(row => row.Sum(link => Math.Abs((long)link.Coefficient))).DefaultIfEmpty(0).Max();
}
