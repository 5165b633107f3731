using System.Buffers;
using System.Text.Json;
using VerifiableML.Algebra;

namespace VerifiableML.Protocol.Groth16;

/// <summary>Writes JSON byte for byte as snarkjs does: one space an indentation, a line feed between lines and none at the end, numbers as strings.</summary>
internal static class SnarkjsWriter
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, IndentSize = 1, IndentCharacter = ' ', NewLine = "\n" };

    /// <summary>The bytes of a document.</summary>
    public static byte[] Write(Action<Utf8JsonWriter> content)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            content(writer);
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>An array, which snarkjs breaks into lines even where it is empty.</summary>
    public static void WriteArray<T>(this Utf8JsonWriter writer, ReadOnlySpan<T> items, Action<Utf8JsonWriter, T> content)
    {
        if (items.IsEmpty)
        {
            writer.WriteRawValue("[\n" + new string(' ', writer.CurrentDepth) + "]");
            return;
        }

        writer.WriteStartArray();
        foreach (T item in items)
        {
            content(writer, item);
        }

        writer.WriteEndArray();
    }

    /// <summary>The name of the system and of the curve, as each file has them.</summary>
    public static void WriteSystem(this Utf8JsonWriter writer)
    {
        writer.WriteString("protocol", "groth16");
        writer.WriteString("curve", "bn128");
    }

    /// <summary>[x, y, 1], or [0, 1, 0] for infinity.</summary>
    public static void WritePoint(this Utf8JsonWriter writer, G1 point)
    {
        Fq[] coordinates = point.IsInfinity ? [Fq.Zero, Fq.One, Fq.Zero] : [point.X, point.Y, Fq.One];
        writer.WriteArray<Fq>(coordinates, static (w, coordinate) => w.WriteStringValue(coordinate.ToString()));
    }

    /// <summary>[x, y, 1] of pairs, or [0, 1, 0] for infinity.</summary>
    public static void WritePoint(this Utf8JsonWriter writer, G2 point)
    {
        Fq2[] coordinates = point.IsInfinity ? [Fq2.Zero, Fq2.One, Fq2.Zero] : [point.X, point.Y, Fq2.One];
        writer.WriteArray<Fq2>(coordinates, WritePair);
    }

    /// <summary>Two triples of pairs.</summary>
    public static void WriteValueOfPairing(this Utf8JsonWriter writer, Fq12 value) =>
        writer.WriteArray<Fq6>([value.C0, value.C1], static (w, half) => w.WriteArray<Fq2>([half.C0, half.C1, half.C2], WritePair));

    private static void WritePair(Utf8JsonWriter writer, Fq2 value) =>
        writer.WriteArray<Fq>([value.C0, value.C1], static (w, coordinate) => w.WriteStringValue(coordinate.ToString()));
}
