using VerifiableML.Circuits.Layout;
using VerifiableML.Model.Quantized;

namespace VerifiableML.Circuits.Compilation;

/// <summary>The part of a model that a circuit depends on.</summary>
internal static class Architecture
{
    /// <summary>Most kernels of one offset each that a convolution may have.</summary>
    private const int MaximumKernels = 1 << 26;

    /// <summary>Most inputs of one maximum: each is a column.</summary>
    private const int MaximumPoolOffsets = 1 << 12;

    /// <summary>Most such columns of a whole model.</summary>
    private const int MaximumPoolColumns = 1 << 16;

    /// <summary>Widest range of a maximum: its differences are a table.</summary>
    private const int MaximumPoolSpan = 1 << 20;

    /// <summary>The model without data: weights gone, biases and coefficients zero, names by position, scales one.</summary>
    public static QuantizedModel Of(QuantizedModel model) => new(
        "model", Bare(model.Input, "input"), [.. model.Nodes.Select((node, i) => Bare(node, $"node {i}"))], model.OutputValue,
        PostProcessing.None);

    /// <summary>Demands what the compiler relies on, whatever wrote the architecture.</summary>
    /// <exception cref="CircuitException">A node does not hold together.</exception>
    public static void Check(QuantizedModel model)
    {
        Require(model.Nodes.Length is >= 1 and <= 4096, "the model", "has no nodes, or more than 4096");
        Require(model.OutputValue >= 1 && model.OutputValue <= model.Nodes.Length, "the model", "has no such output");
        Require(
            model.Nodes.OfType<MaxPoolNode>().Sum(pool => (long)pool.Rows.Kernel * pool.Columns.Kernel) <= MaximumPoolColumns, "the model",
            "pools too many inputs");
        CheckTensor("input", model.Input);
        for (int i = 0; i < model.Nodes.Length; i++)
        {
            QuantizedNode node = model.Nodes[i];
            Require(node.Inputs.All(value => value >= 0 && value <= i), node.Name, "reads a value that does not exist yet");
            CheckTensor(node.Name, node.Output);
            if (node is AccumulatingNode accumulating)
            {
                CheckAccumulating(accumulating);
            }

            CheckGeometry(model, node);
        }
    }

    private static void CheckAccumulating(AccumulatingNode node)
    {
        Require(node.Bias.IsDefaultOrEmpty || node.Bias.Length == node.Output.Shape.Channels, node.Name, "has a bias of another length");
        if (node.Requantization is { } requantization)
        {
            ActivationTable table = requantization.Table;
            Require(requantization.Shift is >= 0 and <= 48, node.Name, "has a shift outside 0 … 48");
            Require(table.DomainBits is >= 1 and <= 20, node.Name, "has a table of more than 20 bits");
            Require(!table.Values.IsDefaultOrEmpty && table.Values.Length <= 1 << 20, node.Name, "has a table without values, or with too many");
        }
    }

    private static void CheckGeometry(QuantizedModel model, QuantizedNode node)
    {
        TensorShape output = node.Output.Shape;
        switch (node)
        {
            case ConvolutionNode convolution:
                CheckWindow(node.Name, convolution.Rows, model.Tensor(convolution.Input).Shape.Rows, output.Rows);
                CheckWindow(node.Name, convolution.Columns, model.Tensor(convolution.Input).Shape.Columns, output.Columns);
                Require(
                    (long)output.Channels * convolution.Rows.Kernel * convolution.Columns.Kernel <= MaximumKernels, node.Name, "has too many kernel offsets");
                Require(convolution.Groups >= 1, node.Name, "has no groups");
                break;
            case MaxPoolNode pool:
                TensorShape pooled = model.Tensor(pool.Input).Shape;
                CheckWindow(node.Name, pool.Rows, pooled.Rows, output.Rows);
                CheckWindow(node.Name, pool.Columns, pooled.Columns, output.Columns);
                Require(pooled.Channels == output.Channels, node.Name, "changes the number of channels");
                Require((long)pool.Rows.Kernel * pool.Columns.Kernel <= MaximumPoolOffsets, node.Name, "has a window that is too large");
                Require(Span(model.Tensor(pool.Input)) <= MaximumPoolSpan, node.Name, "takes the maximum of a range that is too wide");
                Require(NeverEmpty(pool.Rows) && NeverEmpty(pool.Columns), node.Name, "has a window of nothing but padding");
                break;
            case ProductNode product:
                Require(
                    model.Tensor(product.Left).Shape == output && model.Tensor(product.Right).Shape == output, node.Name,
                    "multiplies tensors of other extents");
                break;
            case WeightedSumNode sum:
                Require(sum.Terms.Length is >= 1 and <= 1024, node.Name, "has no terms, or more than 1024");
                foreach (WeightedTerm term in sum.Terms)
                {
                    CheckMap(node.Name, term.Map, model.Tensor(term.Input).Shape, output);
                    Require(
                        Gain(term.Map) * Magnitude(model.Tensor(term.Input)) <= int.MaxValue, node.Name, "sums cells beyond the range of 32 bits");
                }

                break;
        }
    }

    private static void CheckMap(string name, CellMap map, TensorShape input, TensorShape output)
    {
        if (map is SeparableMap separable)
        {
            CheckAxis(name, separable.Rows, input.Rows, output.Rows);
            CheckAxis(name, separable.Columns, input.Columns, output.Columns);
            CheckAxis(name, separable.Channels, input.Channels, output.Channels);
        }
        else if (map is GatherMap gather)
        {
            Require(
                gather.Source.Length == output.Cells && gather.Source.All(source => source >= -1 && source < input.Cells), name,
                "gathers cells that do not exist");
        }
    }

    private static void CheckAxis(string name, AxisMap map, int input, int output) => Require(
        map.InputSize == input && map.OutputSize == output && (!map.IsIdentity || input == output)
        && map.Links.All(link => (uint)link.Input < (uint)input && (uint)link.Output < (uint)output),
        name, "has an axis map that does not fit its tensors");

    private static void CheckWindow(string name, AxisWindow window, int input, int output) => Require(
        window.InputSize == input && window.OutputSize == output && window.Kernel is >= 1 and <= 1 << 16
        && window.Stride is >= 1 and <= 1 << 10 && window.Dilation is >= 1 and <= 1 << 10 && window.PadBefore is >= -(1 << 16) and <= 1 << 16
        && (long)window.Kernel * window.OutputSize <= 1 << 24
        && ((long)window.OutputSize * window.Stride) + ((long)window.Kernel * window.Dilation) <= 1 << 30,
        name, "has a window that does not fit its tensors");

    private static bool NeverEmpty(AxisWindow window) => Enumerable.Range(0, window.OutputSize)
        .All(output => Enumerable.Range(0, window.Kernel).Any(offset => window.InputIndex(output, offset) >= 0));

    private static void CheckTensor(string name, QuantizedTensor tensor)
    {
        CheckShape(name, tensor.Shape);
        Require(
            tensor.Minimum <= tensor.Maximum && tensor.Minimum >= -int.MaxValue && tensor.Maximum <= int.MaxValue, name,
            $"has the range {tensor.Minimum} … {tensor.Maximum}, which is empty or wider than 32 bits");
    }

    /// <summary>Width of the range, with the zero of padded cells in it.</summary>
    private static long Span(QuantizedTensor tensor) => Math.Max(tensor.Maximum, 0) - Math.Min(tensor.Minimum, 0) + 1;

    private static Int128 Magnitude(QuantizedTensor tensor) => Math.Max(Math.Abs(tensor.Minimum), Math.Abs(tensor.Maximum));

    /// <summary>The greatest sum of absolute coefficients with which a map makes one output cell.</summary>
    private static Int128 Gain(CellMap map) => map is SeparableMap separable
        ? Gain(separable.Rows) * Gain(separable.Columns) * Gain(separable.Channels)
        : 1;

    private static Int128 Gain(AxisMap map)
    {
        var sums = new long[map.IsIdentity ? 0 : map.OutputSize];
        foreach (AxisLink link in map.IsIdentity ? [] : map.Links)
        {
            sums[link.Output] += Math.Abs((long)link.Coefficient);
        }

        return map.IsIdentity ? 1 : sums.Max();
    }

    private static void CheckShape(string name, TensorShape shape) => Require(
        shape.Rows >= 1 && shape.Columns >= 1 && shape.Channels >= 1
        && TensorLayout.BitsFor(shape.Rows) + TensorLayout.BitsFor(shape.Columns) + TensorLayout.BitsFor(shape.Channels) <= 26,
        name, $"has extents {shape}, which are not supported");

    private static void Require(bool condition, string name, string problem)
    {
        if (!condition)
        {
            throw new CircuitException($"«{name}» {problem}");
        }
    }

    private static QuantizedNode Bare(QuantizedNode node, string name) => node switch
    {
        ConvolutionNode n => n with { Name = name, Output = Bare(n.Output, name), Bias = Bare(n.Bias), AccumulatorBound = 0, Weights = [], Requantization = Bare(n.Requantization) },
        WeightedSumNode n => n with
        {
            Name = name,
            Output = Bare(n.Output, name),
            Bias = Bare(n.Bias),
            AccumulatorBound = 0,
            Requantization = Bare(n.Requantization),
            Terms = [.. n.Terms.Select(term => term with { Coefficient = 0 })],
        },
        ProductNode n => n with { Name = name, Output = Bare(n.Output, name), AccumulatorBound = 0, Requantization = Bare(n.Requantization) },
        MaxPoolNode n => n with { Name = name, Output = Bare(n.Output, name) },
        _ => throw new CircuitException($"node «{node.Name}»: there is no relation for {node.GetType().Name}"),
    };

    private static Requantization? Bare(Requantization? requantization) =>
        requantization is null ? null : requantization with { Table = requantization.Table with { Name = "activation" } };

    private static System.Collections.Immutable.ImmutableArray<long> Bare(System.Collections.Immutable.ImmutableArray<long> bias) =>
        bias.IsDefaultOrEmpty ? [] : [.. new long[bias.Length]];

    private static QuantizedTensor Bare(QuantizedTensor tensor, string name) => tensor with { Name = name, Scale = 1 };
}
