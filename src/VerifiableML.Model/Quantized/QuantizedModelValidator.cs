using System.Diagnostics.CodeAnalysis;

namespace VerifiableML.Model.Quantized;

/// <summary>
/// Shows that a model is well formed: shapes agree, every index is in range, and every static bound holds for every input. Executors and
/// the circuit compiler rely on what is checked here and do not check it again.
/// </summary>
public static class QuantizedModelValidator
{
    /// <summary>Checks <paramref name="model"/>; <paramref name="error"/> is one line that names the node or tensor at fault.</summary>
    public static bool TryValidate(QuantizedModel model, [NotNullWhen(false)] out string? error)
    {
        ArgumentNullException.ThrowIfNull(model);
        error = Check(model);
        return error is null;
    }

    /// <summary>Throws where <see cref="TryValidate"/> is false.</summary>
    /// <exception cref="InvalidDataException">The model is not well formed.</exception>
    public static QuantizedModel Validated(QuantizedModel model) =>
        TryValidate(model, out string? error) ? model : throw new InvalidDataException(error);

    private static string? Check(QuantizedModel model)
    {
        if (model.Nodes.IsDefault || model.Nodes.Length > QuantizedModelLimits.Nodes)
        {
            return $"model '{model.Name}' has more than {QuantizedModelLimits.Nodes} nodes";
        }

        if (!Enum.IsDefined(model.PostProcessing))
        {
            return $"model '{model.Name}': unknown post-processing {(int)model.PostProcessing}";
        }

        if (model.OutputValue < 0 || model.OutputValue > model.Nodes.Length)
        {
            return $"model '{model.Name}': output value {model.OutputValue} does not exist";
        }

        if (!model.InputLayout.IsValidFor(model.Input.Shape.Cells) || !model.OutputLayout.IsValidFor(model.Output.Shape.Cells))
        {
            return $"model '{model.Name}': the layout of its input or output is not a permutation of its axes";
        }

        if (CheckTensor(model.Input) is { } inputError)
        {
            return inputError;
        }

        var totals = new Totals { Cells = model.Input.Shape.Cells };
        for (int i = 0; i < model.Nodes.Length; i++)
        {
            if (CheckNode(model, i, totals) is { } error)
            {
                return $"node {i} '{model.Nodes[i].Name}': {error}";
            }
        }

        return null;
    }

    private static string? CheckTensor(QuantizedTensor tensor)
    {
        TensorShape shape = tensor.Shape;
        if (shape.Rows < 1 || shape.Columns < 1 || shape.Channels < 1
            || (Int128)shape.Rows * shape.Columns * shape.Channels > QuantizedModelLimits.TensorCells)
        {
            return $"tensor '{tensor.Name}': shape {shape} is empty or larger than {QuantizedModelLimits.TensorCells} cells";
        }

        if (tensor.Minimum > tensor.Maximum || tensor.Minimum < -int.MaxValue || tensor.Maximum > int.MaxValue)
        {
            return $"tensor '{tensor.Name}': range {tensor.Minimum}..{tensor.Maximum} is empty or wider than 32 bits";
        }

        return double.IsFinite(tensor.Scale) && tensor.Scale > 0 ? null : $"tensor '{tensor.Name}': scale is not a positive number";
    }

    private static string? CheckNode(QuantizedModel model, int index, Totals totals)
    {
        QuantizedNode node = model.Nodes[index];
        if (CheckTensor(node.Output) is { } tensorError)
        {
            return tensorError;
        }

        totals.Cells += node.Output.Shape.Cells;
        if (totals.Cells > QuantizedModelLimits.ModelCells)
        {
            return $"the model has more than {QuantizedModelLimits.ModelCells} cells";
        }

        if (node.Inputs.Any(input => input < 0 || input > index))
        {
            return "reads a value that is not computed before it";
        }

        return node switch
        {
            ConvolutionNode convolution => CheckConvolution(convolution, model.Tensor(convolution.Input), totals) ?? CheckBounds(model, convolution),
            WeightedSumNode sum => WeightedSumValidator.Check(sum, model) ?? CheckBounds(model, sum),
            MaxPoolNode pool => CheckPool(pool, model.Tensor(pool.Input)),
            ProductNode product => CheckProduct(model, product) ?? CheckBounds(model, product),
            _ => $"unknown type {node.GetType().Name}",
        };
    }

    private static string? CheckConvolution(ConvolutionNode node, QuantizedTensor input, Totals totals)
    {
        if ((CheckWindow(node.Rows, input.Shape.Rows, node.Output.Shape.Rows, mayBeEmpty: true)
            ?? CheckWindow(node.Columns, input.Shape.Columns, node.Output.Shape.Columns, mayBeEmpty: true)) is { } error)
        {
            return error;
        }

        int inputs = input.Shape.Channels;
        int outputs = node.Output.Shape.Channels;
        bool depthwise = node.Groups == inputs && outputs % inputs == 0 && System.Numerics.BitOperations.IsPow2(outputs / inputs);
        if (node.Groups != 1 && !depthwise)
        {
            return $"{node.Groups} groups over {inputs} input and {outputs} output channels are neither one group nor depthwise";
        }

        Int128 taps = (Int128)node.Rows.Kernel * node.Columns.Kernel * (inputs / node.Groups);
        if (node.Weights is null || node.Weights.Length != taps * outputs)
        {
            return $"has {node.Weights?.Length ?? 0} weights, its shape needs {taps * outputs}";
        }

        totals.Weights += node.Weights.Length;
        totals.Multiplications += node.Weights.Length * ((long)node.Output.Shape.Rows * node.Output.Shape.Columns);
        return totals.Weights > QuantizedModelLimits.ModelWeights || totals.Multiplications > QuantizedModelLimits.ModelMultiplications
            ? "the model has too many weights or multiply-accumulates"
            : null;
    }

    private static string? CheckWindow(AxisWindow window, int inputSize, int outputSize, bool mayBeEmpty)
    {
        if (window.InputSize != inputSize || window.OutputSize != outputSize)
        {
            return $"window maps {window.InputSize} to {window.OutputSize} cells, its tensors have {inputSize} and {outputSize}";
        }

        if (window.Kernel < 1 || window.Stride < 1 || window.Dilation < 1 || window.PadBefore < 0
            || Math.Max(Math.Max(window.Kernel, window.Stride), Math.Max(window.Dilation, window.PadBefore)) > QuantizedModelLimits.TensorCells
            || ((long)outputSize * window.Stride) + ((long)window.Kernel * window.Dilation) > int.MaxValue
            || (long)outputSize * window.Kernel > QuantizedModelLimits.TensorCells)
        {
            return $"window {window} is out of range";
        }

        for (int o = 0; o < outputSize && !mayBeEmpty; o++)
        {
            int position = o;
            if (Enumerable.Range(0, window.Kernel).All(k => window.InputIndex(position, k) < 0))
            {
                return $"pooling window {o} lies wholly in the padding";
            }
        }

        return null;
    }

    private static string? CheckPool(MaxPoolNode node, QuantizedTensor input)
    {
        if (node.Output.Shape.Channels != input.Shape.Channels)
        {
            return $"pooling turns {input.Shape.Channels} channels into {node.Output.Shape.Channels}";
        }

        return node.Output.Minimum > input.Minimum || node.Output.Maximum < input.Maximum
            ? $"output range {node.Output.Minimum}..{node.Output.Maximum} does not hold the input's {input.Minimum}..{input.Maximum}"
            : CheckWindow(node.Rows, input.Shape.Rows, node.Output.Shape.Rows, mayBeEmpty: false)
                ?? CheckWindow(node.Columns, input.Shape.Columns, node.Output.Shape.Columns, mayBeEmpty: false);
    }

    private static string? CheckProduct(QuantizedModel model, ProductNode node) =>
        model.Tensor(node.Left).Shape != node.Output.Shape || model.Tensor(node.Right).Shape != node.Output.Shape
            ? $"factors of {model.Tensor(node.Left).Shape} and {model.Tensor(node.Right).Shape} for a product of {node.Output.Shape}"
            : null;

    private static string? CheckBounds(QuantizedModel model, AccumulatingNode node)
    {
        if (node.Bias.IsDefault || (!node.Bias.IsEmpty && node.Bias.Length != node.Output.Shape.Channels))
        {
            return $"bias does not have one value for each of {node.Output.Shape.Channels} channels";
        }

        AccumulatorRange range = AccumulatorRange.Of(node, model.Tensor);
        if (node.AccumulatorBound >= QuantizedModelLimits.Accumulator || range.Magnitude > node.AccumulatorBound)
        {
            return $"accumulators reach {range.Magnitude}, the bound is {node.AccumulatorBound} and must be below 2^53";
        }

        return node.Requantization is { } requantization
            ? CheckRequantization(requantization, range, node.Output)
            : range.Minimum < node.Output.Minimum || range.Maximum > node.Output.Maximum
                ? $"accumulators {range.Minimum}..{range.Maximum} leave the output range {node.Output.Minimum}..{node.Output.Maximum}"
                : null;
    }

    private static string? CheckRequantization(Requantization requantization, AccumulatorRange range, QuantizedTensor output)
    {
        ActivationTable table = requantization.Table;
        if (requantization.Shift is < 0 or > QuantizedModelLimits.Shift)
        {
            return $"shift {requantization.Shift} is not in 0..{QuantizedModelLimits.Shift}";
        }

        if (table.DomainBits is < 1 or > QuantizedModelLimits.DomainBits
            || table.Values.IsDefault || table.Values.Length is < 1 or > QuantizedModelLimits.TableValues)
        {
            return $"table '{table.Name}' has a domain of {table.DomainBits} bits, or no or too many values";
        }

        long half = 1L << (table.DomainBits - 1);
        if (table.First < -half || (long)table.First + table.Values.Length > half)
        {
            return $"the centre of table '{table.Name}' leaves its domain of {table.DomainBits} bits";
        }

        if (requantization.Quotient((long)range.Minimum) < -half || requantization.Quotient((long)range.Maximum) >= half)
        {
            return $"quotients {requantization.Quotient((long)range.Minimum)}..{requantization.Quotient((long)range.Maximum)} "
                + $"leave the table's domain of {table.DomainBits} bits";
        }

        return table.Values.Min() < output.Minimum || table.Values.Max() > output.Maximum
            ? $"table '{table.Name}' leaves the output range {output.Minimum}..{output.Maximum}"
            : null;
    }

    private sealed class Totals
    {
        public long Cells { get; set; }

        public long Weights { get; set; }

        public long Multiplications { get; set; }
    }
}
