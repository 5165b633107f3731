using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using VerifiableML.Model.Quantized;

namespace VerifiableML.Circuits.Compilation;

/// <summary>
/// The canonical bytes of an architecture with its options: what a circuit's digest is taken of, and what a verification key carries. All
/// integers are little-endian, lists carry their length. There is one encoding of each architecture, and decoding rejects all else.
/// </summary>
public static class CircuitEncoding
{
    private const int Version = 2;
    private const int MaximumLength = 1 << 24;
    private const int MaximumBiases = 1 << 22;

    private enum NodeKind : byte
    {
        Convolution = 1,
        WeightedSum = 2,
        Product = 3,
        MaxPool = 4,
    }

    /// <summary>Encodes <paramref name="model"/>, of which only the architecture is written.</summary>
    public static byte[] Encode(QuantizedModel model, CircuitOptions options)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write(Version);
        writer.Write(options.BatchSize);
        writer.Write((byte)options.Input);
        writer.Write((byte)options.Output);
        writer.Write(options.MaximumWitnessRows);
        writer.Write(options.MaximumWeightRows);
        writer.Write(options.IsHiding);
        Write(writer, model.Input);
        writer.Write(model.OutputValue);
        writer.Write(model.Nodes.Length);
        foreach (QuantizedNode node in model.Nodes)
        {
            Write(writer, node);
        }

        writer.Flush();
        return stream.ToArray();
    }

    /// <summary>Decodes canonical bytes and compiles them.</summary>
    /// <param name="bytes">The bytes, from anywhere.</param>
    /// <param name="circuit">The circuit.</param>
    /// <param name="problem">What is wrong with the bytes, in one line.</param>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out Circuit? circuit, out string problem)
    {
        circuit = null;
        if (bytes.Length > MaximumLength)
        {
            problem = $"a circuit of {bytes.Length} bytes; at most {MaximumLength}";
            return false;
        }

        try
        {
            using var reader = new BinaryReader(new MemoryStream(bytes.ToArray(), false));
            Expect(reader.ReadInt32() == Version, "unknown version of the circuit encoding");
            var options = new CircuitOptions(reader.ReadInt32(), Visible(reader), Visible(reader))
            {
                MaximumWitnessRows = reader.ReadInt32(),
                MaximumWeightRows = reader.ReadInt32(),
                IsHiding = Flag(reader),
            };
            QuantizedTensor input = ReadTensor(reader, "input");
            int output = reader.ReadInt32();
            int count = Length(reader, 4096);
            var nodes = ImmutableArray.CreateBuilder<QuantizedNode>(count);
            int biases = MaximumBiases;
            for (int i = 0; i < count; i++)
            {
                nodes.Add(ReadNode(reader, $"node {i}", ref biases));
            }

            var model = new QuantizedModel("model", input, nodes.ToImmutable(), output, PostProcessing.None);
            Circuit compiled = CircuitCompiler.Compile(model, options);
            Expect(Encode(compiled.Architecture, options).AsSpan().SequenceEqual(bytes), "the encoding is not canonical");
            circuit = compiled;
            problem = string.Empty;
            return true;
        }
        catch (Exception error) when (error is CircuitException or IOException or ArgumentException or OverflowException)
        {
            // BinaryReader has no way to fail but to throw; what it reads here is foreign, so that is a rejection and not a fault.
            problem = error is EndOfStreamException ? "the circuit's bytes end too early" : error.Message;
            return false;
        }
    }

    private static void Write(BinaryWriter writer, QuantizedNode node)
    {
        switch (node)
        {
            case ConvolutionNode n:
                writer.Write((byte)NodeKind.Convolution);
                WriteAccumulating(writer, n);
                writer.Write(n.Input);
                Write(writer, n.Rows);
                Write(writer, n.Columns);
                writer.Write(n.Groups);
                break;
            case WeightedSumNode n:
                writer.Write((byte)NodeKind.WeightedSum);
                WriteAccumulating(writer, n);
                writer.Write(n.Terms.Length);
                foreach (WeightedTerm term in n.Terms)
                {
                    writer.Write(term.Input);
                    Write(writer, term.Map);
                }

                break;
            case ProductNode n:
                writer.Write((byte)NodeKind.Product);
                WriteAccumulating(writer, n);
                writer.Write(n.Left);
                writer.Write(n.Right);
                break;
            case MaxPoolNode n:
                writer.Write((byte)NodeKind.MaxPool);
                Write(writer, n.Output);
                writer.Write(n.Input);
                Write(writer, n.Rows);
                Write(writer, n.Columns);
                break;
            default:
                throw new CircuitException($"node «{node.Name}»: {node.GetType().Name} has no encoding");
        }
    }

    private static QuantizedNode ReadNode(BinaryReader reader, string name, ref int biases)
    {
        var kind = (NodeKind)reader.ReadByte();
        if (kind == NodeKind.MaxPool)
        {
            return new MaxPoolNode(name, ReadTensor(reader, name), reader.ReadInt32(), ReadWindow(reader), ReadWindow(reader));
        }

        QuantizedTensor output = ReadTensor(reader, name);
        Expect(output.Shape.Channels is >= 1 and <= 1 << 22, $"{output.Shape.Channels} channels");
        ImmutableArray<long> bias = ReadFlag(reader) ? Zeros(output.Shape.Channels, ref biases) : [];
        Requantization? requantization = ReadRequantization(reader);
        switch (kind)
        {
            case NodeKind.Convolution:
                return new ConvolutionNode(
                    name, output, bias, requantization, 0, reader.ReadInt32(), ReadWindow(reader), ReadWindow(reader), reader.ReadInt32(), []);
            case NodeKind.WeightedSum:
                var terms = new WeightedTerm[Length(reader, 1024)];
                for (int i = 0; i < terms.Length; i++)
                {
                    terms[i] = new WeightedTerm(reader.ReadInt32(), 0, ReadMap(reader));
                }

                return new WeightedSumNode(name, output, bias, requantization, 0, [.. terms]);
            case NodeKind.Product:
                return new ProductNode(name, output, requantization, 0, reader.ReadInt32(), reader.ReadInt32());
            default:
                throw new CircuitException($"unknown kind of node {(byte)kind}");
        }
    }

    /// <summary>A bias is one bit here and one number for each channel in memory, so all of them together have a limit of their own.</summary>
    private static ImmutableArray<long> Zeros(int channels, ref int left)
    {
        Expect(channels >= 1 && channels <= left, $"more than {MaximumBiases} biases");
        left -= channels;
        return [.. new long[channels]];
    }

    private static void WriteAccumulating(BinaryWriter writer, AccumulatingNode node)
    {
        Write(writer, node.Output);
        writer.Write(!node.Bias.IsDefaultOrEmpty);
        writer.Write(node.Requantization is not null);
        if (node.Requantization is { } requantization)
        {
            writer.Write((byte)requantization.Shift);
            writer.Write((byte)requantization.Table.DomainBits);
            writer.Write(requantization.Table.First);
            writer.Write(requantization.Table.Values.Length);
            foreach (int value in requantization.Table.Values)
            {
                writer.Write(value);
            }
        }
    }

    private static Requantization? ReadRequantization(BinaryReader reader)
    {
        if (!ReadFlag(reader))
        {
            return null;
        }

        int shift = reader.ReadByte();
        int bits = reader.ReadByte();
        int first = reader.ReadInt32();
        var values = new int[Length(reader, 1 << 20)];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = reader.ReadInt32();
        }

        return new Requantization(shift, new ActivationTable("activation", bits, first, [.. values]));
    }

    private static void Write(BinaryWriter writer, QuantizedTensor tensor)
    {
        writer.Write(tensor.Shape.Rows);
        writer.Write(tensor.Shape.Columns);
        writer.Write(tensor.Shape.Channels);
        writer.Write(tensor.Minimum);
        writer.Write(tensor.Maximum);
    }

    private static QuantizedTensor ReadTensor(BinaryReader reader, string name) => new(
        name, new TensorShape(reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32()), reader.ReadInt64(), reader.ReadInt64(), 1);

    private static void Write(BinaryWriter writer, AxisWindow window)
    {
        writer.Write(window.Kernel);
        writer.Write(window.Stride);
        writer.Write(window.Dilation);
        writer.Write(window.PadBefore);
        writer.Write(window.InputSize);
        writer.Write(window.OutputSize);
    }

    private static AxisWindow ReadWindow(BinaryReader reader) => new(
        reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32());

    private static void Write(BinaryWriter writer, CellMap map)
    {
        writer.Write(map is GatherMap);
        if (map is GatherMap gather)
        {
            writer.Write(gather.Source.Length);
            foreach (int source in gather.Source)
            {
                writer.Write(source);
            }
        }
        else if (map is SeparableMap separable)
        {
            Write(writer, separable.Rows);
            Write(writer, separable.Columns);
            Write(writer, separable.Channels);
        }
    }

    private static CellMap ReadMap(BinaryReader reader)
    {
        if (!ReadFlag(reader))
        {
            return new SeparableMap(ReadAxis(reader), ReadAxis(reader), ReadAxis(reader));
        }

        var source = new int[Length(reader, 1 << 22)];
        for (int i = 0; i < source.Length; i++)
        {
            source[i] = reader.ReadInt32();
        }

        return new GatherMap([.. source]);
    }

    private static void Write(BinaryWriter writer, AxisMap map)
    {
        writer.Write(map.InputSize);
        writer.Write(map.OutputSize);
        writer.Write(map.IsIdentity);
        writer.Write(map.Links.Length);
        foreach (AxisLink link in map.Links)
        {
            writer.Write(link.Output);
            writer.Write(link.Input);
            writer.Write(link.Coefficient);
        }
    }

    private static AxisMap ReadAxis(BinaryReader reader)
    {
        int input = reader.ReadInt32();
        int output = reader.ReadInt32();
        bool identity = ReadFlag(reader);
        var links = new AxisLink[Length(reader, 1 << 20)];
        for (int i = 0; i < links.Length; i++)
        {
            links[i] = new AxisLink(reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32());
        }

        return new AxisMap(input, output, [.. links], identity);
    }

    private static bool Flag(BinaryReader reader)
    {
        byte value = reader.ReadByte();
        Expect(value <= 1, "a flag that is neither 0 nor 1");
        return value == 1;
    }

    private static Visibility Visible(BinaryReader reader)
    {
        byte value = reader.ReadByte();
        Expect(value <= (byte)Visibility.Private, "unknown visibility");
        return (Visibility)value;
    }

    private static bool ReadFlag(BinaryReader reader)
    {
        byte value = reader.ReadByte();
        Expect(value <= 1, "a flag that is neither 0 nor 1");
        return value == 1;
    }

    private static int Length(BinaryReader reader, int maximum)
    {
        int length = reader.ReadInt32();

        // Every item of a list takes at least a byte, so a few bytes cannot ask for gigabytes.
        maximum = (int)Math.Min(maximum, reader.BaseStream.Length - reader.BaseStream.Position);
        Expect(length >= 0 && length <= maximum, $"a length of {length}, at most {maximum}");
        return length;
    }

    private static void Expect(bool condition, string problem)
    {
        if (!condition)
        {
            throw new CircuitException(problem);
        }
    }
}
