using System.Diagnostics.CodeAnalysis;
using System.Text;
using VerifiableML.Model.Quantized;

namespace VerifiableML.Circuits.Keys;

/// <summary>Names, scales and what is computed from the output: what says how proven integers are read. A part of the model's identity.</summary>
/// <param name="Name">The model's name.</param>
/// <param name="Input">How to read the input.</param>
/// <param name="Output">How to read the output.</param>
/// <param name="PostProcessing">What the model's user computes from the proven output.</param>
public sealed record ModelMetadata(string Name, TensorMetadata Input, TensorMetadata Output, PostProcessing PostProcessing)
{
    private const int MaximumNameLength = 1024;

    /// <summary>Those of a key.</summary>
    public static ModelMetadata Of(VerificationKey key) => new(key.Name, key.Input, key.Output, key.PostProcessing);

    /// <summary>The model's name; name and scale of input and output; a byte for what follows. A name is its length in four bytes and its text, all is little-endian.</summary>
    public byte[] Encode()
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        WriteText(writer, Name);
        Write(writer, Input);
        Write(writer, Output);
        writer.Write((byte)PostProcessing);
        writer.Flush();
        return stream.ToArray();
    }

    /// <summary>Reads bytes from anywhere.</summary>
    public static bool TryDecode(ReadOnlyMemory<byte> bytes, [NotNullWhen(true)] out ModelMetadata? metadata)
    {
        metadata = null;
        try
        {
            using var stream = new MemoryStream(bytes.ToArray(), false);
            using var reader = new BinaryReader(stream);
            var read = new ModelMetadata(ReadText(reader), ReadTensor(reader), ReadTensor(reader), (PostProcessing)reader.ReadByte());
            if (stream.Position == stream.Length && Enum.IsDefined(read.PostProcessing) && read.Encode().AsSpan().SequenceEqual(bytes.Span))
            {
                metadata = read;
            }
        }
        catch (Exception error) when (error is IOException or ArgumentException)
        {
            // Foreign bytes that end early or are not text: the caller reports them.
        }

        return metadata is not null;
    }

    private static void Write(BinaryWriter writer, TensorMetadata tensor)
    {
        WriteText(writer, tensor.Name);
        writer.Write(tensor.Scale);
    }

    private static TensorMetadata ReadTensor(BinaryReader reader)
    {
        var tensor = new TensorMetadata(ReadText(reader), reader.ReadDouble());
        return double.IsFinite(tensor.Scale) ? tensor : throw new IOException("a scale that is not a number");
    }

    private static void WriteText(BinaryWriter writer, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text.Length > MaximumNameLength ? text[..MaximumNameLength] : text);
        writer.Write(bytes.Length);
        writer.Write(bytes);
    }

    private static string ReadText(BinaryReader reader)
    {
        int length = reader.ReadInt32();
        if (length is < 0 or > 4 * MaximumNameLength)
        {
            throw new IOException("a name that is too long");
        }

        byte[] bytes = reader.ReadBytes(length);
        return bytes.Length == length ? Encoding.UTF8.GetString(bytes) : throw new EndOfStreamException();
    }
}
