using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;

namespace VerifiableML.Model.Quantized;

/// <summary>
/// Reads the body of a model file. Counts are checked against the bytes that are left before anything is allocated; whatever is wrong is an
/// <see cref="InvalidDataException"/> with the offset, which <see cref="QuantizedModelFile"/> turns into its error line.
/// </summary>
internal sealed class QuantizedModelReader(ReadOnlyMemory<byte> body)
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    private int _offset;

    public QuantizedModel Read()
    {
        string name = ReadString();
        QuantizedTensor input = ReadTensor();
        ImmutableArray<ActivationTable> tables = ReadList("table", QuantizedModelLimits.Nodes, 10, ReadTable);
        ImmutableArray<QuantizedNode> nodes = ReadList("node", QuantizedModelLimits.Nodes, 20, () => ReadNode(tables));
        int output = ReadInt32();
        if (output < 0 || output > nodes.Length)
        {
            throw Bad($"output value {output} of {nodes.Length + 1}");
        }

        var model = new QuantizedModel(name, input, nodes, output, (PostProcessing)ReadByte())
        {
            InputLayout = ReadLayout(),
            OutputLayout = ReadLayout(),
        };
        return _offset == body.Length ? model : throw Bad($"{body.Length - _offset} bytes follow the model");
    }

    private ActivationTable ReadTable() => new(ReadString(), ReadByte(), ReadInt32(), [.. ReadIntegers()]);

    private QuantizedNode ReadNode(ImmutableArray<ActivationTable> tables)
    {
        byte kind = ReadByte();
        string name = ReadString();
        QuantizedTensor output = ReadTensor();
        if (kind == (byte)NodeKind.MaxPool)
        {
            return new MaxPoolNode(name, output, ReadInt32(), ReadWindow(), ReadWindow());
        }

        ImmutableArray<long> bias = [.. ReadLongs()];
        long bound = ReadInt64();
        Requantization? requantization = ReadRequantization(tables);
        return kind switch
        {
            (byte)NodeKind.Convolution => new ConvolutionNode(
                name, output, bias, requantization, bound, ReadInt32(), ReadWindow(), ReadWindow(), ReadInt32(), ReadIntegers()),
            (byte)NodeKind.WeightedSum => new WeightedSumNode(
                name, output, bias, requantization, bound, ReadList("term", QuantizedModelLimits.Terms, 14, ReadTerm)),
            (byte)NodeKind.Product when bias.IsEmpty => new ProductNode(name, output, requantization, bound, ReadInt32(), ReadInt32()),
            _ => throw Bad($"unknown node kind {kind}, or a product with a bias"),
        };
    }

    private Requantization? ReadRequantization(ImmutableArray<ActivationTable> tables)
    {
        int table = ReadInt32();
        int shift = ReadByte();
        if (table == -1 && shift == 0)
        {
            return null;
        }

        return (uint)table < (uint)tables.Length ? new Requantization(shift, tables[table]) : throw Bad($"table {table} of {tables.Length}");
    }

    private WeightedTerm ReadTerm()
    {
        int input = ReadInt32();
        int coefficient = ReadInt32();
        byte kind = ReadByte();
        CellMap map = kind switch
        {
            (byte)CellMapKind.Gather => new GatherMap([.. ReadIntegers()]),
            (byte)CellMapKind.Separable => new SeparableMap(ReadAxisMap(), ReadAxisMap(), ReadAxisMap()),
            _ => throw Bad($"unknown map kind {kind}"),
        };
        return new WeightedTerm(input, coefficient, map);
    }

    private AxisMap ReadAxisMap()
    {
        int inputSize = ReadInt32();
        int outputSize = ReadInt32();
        byte identity = ReadByte();
        int[] flat = ReadIntegers();
        if (identity > 1 || flat.Length % 3 != 0)
        {
            throw Bad("malformed axis map");
        }

        var links = new AxisLink[flat.Length / 3];
        for (int i = 0; i < links.Length; i++)
        {
            links[i] = new AxisLink(flat[3 * i], flat[(3 * i) + 1], flat[(3 * i) + 2]);
        }

        return new AxisMap(inputSize, outputSize, [.. links], identity == 1);
    }

    private AxisWindow ReadWindow() => new(ReadInt32(), ReadInt32(), ReadInt32(), ReadInt32(), ReadInt32(), ReadInt32());

    private TensorLayout ReadLayout() => new([.. ReadIntegers()], [.. ReadIntegers()]);

    private QuantizedTensor ReadTensor() => new(
        ReadString(),
        new TensorShape(ReadInt32(), ReadInt32(), ReadInt32()),
        ReadInt64(),
        ReadInt64(),
        BitConverter.Int64BitsToDouble(ReadInt64()));

    private string ReadString()
    {
        int length = BinaryPrimitives.ReadUInt16LittleEndian(Take(2));
        try
        {
            return StrictUtf8.GetString(Take(length));
        }
        catch (ArgumentException)
        {
            throw Bad("a name is not UTF-8");
        }
    }

    private ImmutableArray<T> ReadList<T>(string what, int limit, int leastBytes, Func<T> read)
    {
        int count = ReadInt32();
        if (count < 0 || count > limit || (long)count * leastBytes > body.Length - _offset)
        {
            throw Bad($"{what} count {count}");
        }

        ImmutableArray<T>.Builder items = ImmutableArray.CreateBuilder<T>(count);
        for (int i = 0; i < count; i++)
        {
            items.Add(read());
        }

        return items.MoveToImmutable();
    }

    private int[] ReadIntegers() => Array.ConvertAll(
        ReadLongs(), value => value is >= int.MinValue and <= int.MaxValue ? (int)value : throw Bad("an integer wider than 32 bits"));

    private long[] ReadLongs()
    {
        int count = ReadInt32();
        int width = ReadByte();
        if (width is not (1 or 2 or 4 or 8) || count < 0 || (long)count * width > body.Length - _offset)
        {
            throw Bad($"array of {count} integers of {width} bytes");
        }

        ReadOnlySpan<byte> bytes = Take(count * width);
        var values = new long[count];
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> at = bytes[(i * width)..];
            values[i] = width switch
            {
                1 => (sbyte)at[0],
                2 => BinaryPrimitives.ReadInt16LittleEndian(at),
                4 => BinaryPrimitives.ReadInt32LittleEndian(at),
                _ => BinaryPrimitives.ReadInt64LittleEndian(at),
            };
        }

        return IntegerWidth.Of(values) == width ? values : throw Bad("integers in a wider encoding than they need");
    }

    private byte ReadByte() => Take(1)[0];

    private int ReadInt32() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    private long ReadInt64() => BinaryPrimitives.ReadInt64LittleEndian(Take(8));

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > body.Length - _offset)
        {
            throw Bad("the file ends early");
        }

        ReadOnlySpan<byte> bytes = body.Span.Slice(_offset, count);
        _offset += count;
        return bytes;
    }

    private InvalidDataException Bad(string cause) => new($"byte {_offset} of the body: {cause}");
}
