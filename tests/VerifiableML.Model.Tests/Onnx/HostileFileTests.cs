using System.Diagnostics;
using Google.Protobuf;
using VerifiableML.Model.Float;
using VerifiableML.Model.Onnx;
using VerifiableML.Model.Onnx.Schema;
using static VerifiableML.Model.Tests.Onnx.ModelFile;

namespace VerifiableML.Model.Tests.Onnx;

/// <summary>Whatever the bytes, a model is read or refused by <see cref="ModelFormatException"/>, in little time and memory.</summary>
public class HostileFileTests
{
    private static readonly byte[] Network = Of(
        13, [-1, 2, 8, 8],
        Node("Conv", "x cw cb", "a", ("pads", new long[] { 1, 1, 1, 1 }), ("strides", new long[] { 2, 1 }), ("group", 1)),
        Node("BatchNormalization", "a s s s v", "b", ("epsilon", 1e-3f)),
        Node("Clip", "b lo hi", "c"),
        Node("MaxPool", "c", "d", ("kernel_shape", new long[] { 2, 2 }), ("auto_pad", "SAME_UPPER"), ("ceil_mode", 1)),
        Node("QuantizeLinear", "d qs qz", "e"),
        Node("DequantizeLinear", "e qs qz", "f"),
        Node("Transpose", "f", "g", ("perm", new long[] { 0, 2, 3, 1 })),
        Node("Shape", "g", "h"),
        Node("Gather", "h zero", "i"),
        Node("Concat", "i rest", "j", ("axis", 0)),
        Node("Reshape", "g j", "k"),
        Node("Slice", "k from to one", "l"),
        Node("Gemm", "l w", "m", ("transB", 1)),
        Node("Softmax", "m", "y"))
        .With(
            Floats("cw", 3, 2, 3, 3), Floats("cb", 3), Floats("s", 3), Floats("v", [3], 1, 2, 3), Floats("lo", [], 0), Floats("hi", [], 6),
            Floats("qs", [], 0.1f), Bytes("qz", 2, [], 3), Integers("zero", 0), Integers("rest", -1), Integers("from", 0),
            Integers("to", 90), Integers("one", 1), Floats("w", 4, 90))
        .ToByteArray();

    [Fact]
    public void Undamaged_network_runs()
    {
        OnnxGraph graph = OnnxReader.Read(Network, "network");
        Assert.Equal([2, 4], new FloatExecutor(graph).Run(Sequence(2 * graph.Input.Count)).Shape.AsEnumerable());
    }

    [Fact]
    public void Truncated_anywhere_it_is_refused()
    {
        for (int length = 0; length < Network.Length; length++)
        {
            ReadOrRefuse(Network.AsSpan(0, length).ToArray());
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Spoilt_bytes_are_refused_or_harmless(int seed)
    {
        Random random = new(seed);
        int read = 0;
        for (int round = 0; round < 1000; round++)
        {
            byte[] bytes = (byte[])Network.Clone();
            for (int i = 0; i < seed; i++)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            read += ReadOrRefuse(bytes) ? 1 : 0;
        }

        Assert.InRange(read, 1, 999);
    }

    [Fact]
    public void Moved_doubled_and_removed_pieces_are_refused_or_harmless()
    {
        Random random = new(7);
        for (int round = 0; round < 1000; round++)
        {
            int from = random.Next(Network.Length);
            int length = random.Next(Math.Min(64, Network.Length - from));
            int to = random.Next(Network.Length);
            List<byte> bytes = [.. Network];
            byte[] piece = [.. bytes.GetRange(from, length)];
            if (random.Next(2) == 0)
            {
                bytes.RemoveRange(from, length);
            }

            bytes.InsertRange(Math.Min(to, bytes.Count), piece);
            ReadOrRefuse([.. bytes]);
        }
    }

    [Fact]
    public void Noise_is_refused()
    {
        Random random = new(11);
        for (int round = 0; round < 1000; round++)
        {
            byte[] bytes = new byte[random.Next(200)];
            random.NextBytes(bytes);
            Assert.Throws<ModelFormatException>(() => OnnxReader.Read(bytes, "noise"));
        }
    }

    [Theory]
    [InlineData(0x0A)] // nodes, empty
    [InlineData(0x2A)] // initializers, empty
    [InlineData(0x5A)] // inputs, empty
    public void Millions_of_empty_parts_cost_no_memory(int tag)
    {
        byte[] graph = new byte[16 << 20];
        for (int i = 0; i < graph.Length; i += 2)
        {
            graph[i] = (byte)tag;
        }

        RefuseCheaply([0x3A, .. Varint(graph.Length), .. graph]);
    }

    [Fact]
    public void Millions_of_packed_integers_cost_no_memory()
    {
        // Tensor 5, its field 7 (64-bit integers), each one byte long.
        byte[] values = new byte[80 << 20];
        byte[] tensor = [0x3A, .. Varint(values.Length), .. values];
        byte[] graph = [0x2A, .. Varint(tensor.Length), .. tensor];
        RefuseCheaply([0x3A, .. Varint(graph.Length), .. graph]);
    }

    [Fact]
    public void Deep_nesting_is_refused()
    {
        // Nested groups, which the oldest form of the encoding has, and nested messages in a field that is not read.
        RefuseCheaply([.. Enumerable.Repeat((byte)0x3B, 1_000_000)]);
        byte[] nested = [];
        for (int depth = 0; depth < 2000; depth++)
        {
            nested = [0x3A, .. Varint(nested.Length), .. nested];
        }

        RefuseCheaply(nested);
    }

    [Fact]
    public void Text_that_is_no_UTF8_is_refused()
    {
        byte[] bytes = Of(13, [1, 4], Node("Relu", "x", "y"), Node("Relu", "x", "zz")).ToByteArray();
        bytes[bytes.AsSpan().IndexOf("zz"u8)] = 0xFF;
        ModelFormatException refusal = Assert.Throws<ModelFormatException>(() => OnnxReader.Read(bytes, "text"));
        Assert.Contains("UTF-8", refusal.Message, StringComparison.Ordinal);
    }

    /// <summary>True where the bytes are a model after all; it must then run, or fail in the one allowed way.</summary>
    private static bool ReadOrRefuse(byte[] bytes)
    {
        try
        {
            OnnxGraph graph = OnnxReader.Read(bytes, "spoilt");
            if (graph.Input.Count <= 4096)
            {
                new FloatExecutor(graph).Trace(Sequence(graph.Input.Count));
            }

            return true;
        }
        catch (ModelFormatException exception)
        {
            Assert.DoesNotContain(exception.Message, char.IsControl);
            return false;
        }
    }

    private static void RefuseCheaply(byte[] bytes)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        Stopwatch watch = Stopwatch.StartNew();
        Assert.Throws<ModelFormatException>(() => OnnxReader.Read(bytes, "bomb"));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 20);
    }

    private static byte[] Varint(int value)
    {
        List<byte> bytes = [];
        for (; value >= 0x80; value >>= 7)
        {
            bytes.Add((byte)(value | 0x80));
        }

        return [.. bytes, (byte)value];
    }
}
