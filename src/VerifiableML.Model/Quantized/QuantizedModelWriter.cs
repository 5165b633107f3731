using System.Collections.Immutable;
using System.Text;

namespace VerifiableML.Model.Quantized;

/// <summary>
/// Writes the body of a model file. Strings are a 16-bit length and UTF-8; counts are 32 bits; integer arrays are a count, a width in bytes
/// (the least of 1, 2, 4, 8 that holds all of them) and the integers; tables that several nodes share are written once, before the nodes.
/// </summary>
internal sealed class QuantizedModelWriter(Stream stream) : IDisposable
{
    private readonly BinaryWriter _writer = new(stream, Encoding.UTF8, leaveOpen: true);
    private readonly Dictionary<ActivationTable, int> _tables = [];

    public void Write(QuantizedModel model)
    {
        Write(model.Name);
        Write(model.Input);
        WriteTables(model);
        _writer.Write(model.Nodes.Length);
        foreach (QuantizedNode node in model.Nodes)
        {
            Write(node);
        }

        _writer.Write(model.OutputValue);
        _writer.Write((byte)model.PostProcessing);
        Write(model.InputLayout);
        Write(model.OutputLayout);
    }

    public void Dispose() => _writer.Dispose();

    private void WriteTables(QuantizedModel model)
    {
        ActivationTable[] tables =
            [.. model.Nodes.OfType<AccumulatingNode>().Select(node => node.Requantization?.Table).OfType<ActivationTable>().Distinct()];
        _writer.Write(tables.Length);
        foreach (ActivationTable table in tables)
        {
            _tables.Add(table, _tables.Count);
            Write(table.Name);
            _writer.Write((byte)table.DomainBits);
            _writer.Write(table.First);
            Write(table.Values.AsSpan());
        }
    }

    private void Write(QuantizedNode node)
    {
        _writer.Write((byte)NodeKinds.Of(node));
        Write(node.Name);
        Write(node.Output);
        if (node is AccumulatingNode accumulating)
        {
            Write(accumulating.Bias.AsSpan());
            _writer.Write(accumulating.AccumulatorBound);
            _writer.Write(accumulating.Requantization is { } requantization ? _tables[requantization.Table] : -1);
            _writer.Write((byte)(accumulating.Requantization?.Shift ?? 0));
        }

        switch (node)
        {
            case ConvolutionNode convolution:
                _writer.Write(convolution.Input);
                Write(convolution.Rows);
                Write(convolution.Columns);
                _writer.Write(convolution.Groups);
                Write(convolution.Weights);
                break;
            case WeightedSumNode sum:
                _writer.Write(sum.Terms.Length);
                foreach (WeightedTerm term in sum.Terms)
                {
                    Write(term);
                }

                break;
            case MaxPoolNode pool:
                _writer.Write(pool.Input);
                Write(pool.Rows);
                Write(pool.Columns);
                break;
            case ProductNode product:
                _writer.Write(product.Left);
                _writer.Write(product.Right);
                break;
        }
    }

    private void Write(WeightedTerm term)
    {
        _writer.Write(term.Input);
        _writer.Write(term.Coefficient);
        switch (term.Map)
        {
            case GatherMap gather:
                _writer.Write((byte)CellMapKind.Gather);
                Write(gather.Source.AsSpan());
                break;
            case SeparableMap map:
                _writer.Write((byte)CellMapKind.Separable);
                Write(map.Rows);
                Write(map.Columns);
                Write(map.Channels);
                break;
            default:
                throw new NotSupportedException($"map of type {term.Map.GetType().Name}");
        }
    }

    private void Write(AxisMap map)
    {
        _writer.Write(map.InputSize);
        _writer.Write(map.OutputSize);
        _writer.Write(map.IsIdentity);
        Write(Flatten(map.Links));
    }

    private static int[] Flatten(ImmutableArray<AxisLink> links) =>
        [.. links.SelectMany(link => new[] { link.Output, link.Input, link.Coefficient })];

    private void Write(AxisWindow window)
    {
        foreach (int value in new[] { window.Kernel, window.Stride, window.Dilation, window.PadBefore, window.InputSize, window.OutputSize })
        {
            _writer.Write(value);
        }
    }

    private void Write(QuantizedTensor tensor)
    {
        Write(tensor.Name);
        _writer.Write(tensor.Shape.Rows);
        _writer.Write(tensor.Shape.Columns);
        _writer.Write(tensor.Shape.Channels);
        _writer.Write(tensor.Minimum);
        _writer.Write(tensor.Maximum);
        _writer.Write(tensor.Scale);
    }

    private void Write(TensorLayout layout)
    {
        Write(layout.Shape.AsSpan());
        Write(layout.Order.AsSpan());
    }

    private void Write(string text)
    {
        string bounded = text.Length > QuantizedModelLimits.NameLength ? text[..QuantizedModelLimits.NameLength] : text;
        byte[] bytes = Encoding.UTF8.GetBytes(bounded);
        _writer.Write((ushort)bytes.Length);
        _writer.Write(bytes);
    }

    private void Write(ReadOnlySpan<int> values)
    {
        var wide = new long[values.Length];
        for (int i = 0; i < wide.Length; i++)
        {
            wide[i] = values[i];
        }

        Write(wide);
    }

    private void Write(ReadOnlySpan<long> values)
    {
        int width = IntegerWidth.Of(values);
        _writer.Write(values.Length);
        _writer.Write((byte)width);
        foreach (long value in values)
        {
            switch (width)
            {
                case 1:
                    _writer.Write((sbyte)value);
                    break;
                case 2:
                    _writer.Write((short)value);
                    break;
                case 4:
                    _writer.Write((int)value);
                    break;
                default:
                    _writer.Write(value);
                    break;
            }
        }
    }
}
