using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace VerifiableML.Model.Quantized;

/// <summary>
/// Reads and writes quantized models.
/// <code>
/// 8   magic "VMLMODEL"
/// 4   version, little-endian, as all integers of the file
/// 8   length of the body
/// n   body: see <see cref="QuantizedModelWriter"/>
/// 32  SHA-256 of everything before it
/// </code>
/// A model has one byte string: nothing may follow the digest, and integers have one encoding.
/// </summary>
public static class QuantizedModelFile
{
    /// <summary>The version that is written, and the only one that is read.</summary>
    public const uint Version = 1;

    /// <summary>Greatest length of a file in bytes.</summary>
    public const long MaximumLength = 2_000_000_000;

    private const int HeaderLength = 20;

    private static ReadOnlySpan<byte> Magic => "VMLMODEL"u8;

    /// <summary>The bytes of <paramref name="model"/>'s file.</summary>
    public static byte[] Encode(QuantizedModel model)
    {
        using var body = new MemoryStream();
        using (var writer = new QuantizedModelWriter(body))
        {
            writer.Write(model);
        }

        var bytes = new byte[HeaderLength + body.Length + SHA256.HashSizeInBytes];
        Magic.CopyTo(bytes);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(8), Version);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(12), body.Length);
        body.GetBuffer().AsSpan(0, (int)body.Length).CopyTo(bytes.AsSpan(HeaderLength));
        SHA256.HashData(bytes.AsSpan(0, bytes.Length - SHA256.HashSizeInBytes), bytes.AsSpan(bytes.Length - SHA256.HashSizeInBytes));
        return bytes;
    }

    /// <summary>Reads a file's bytes; a model that is returned is well formed (<see cref="QuantizedModelValidator"/>).</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="model">The model.</param>
    /// <param name="error">One line: the place in the file, and the cause.</param>
    public static bool TryDecode(
        ReadOnlyMemory<byte> bytes, [NotNullWhen(true)] out QuantizedModel? model, [NotNullWhen(false)] out string? error)
    {
        model = null;
        error = CheckFrame(bytes.Span);
        if (error is not null)
        {
            return false;
        }

        try
        {
            ReadOnlyMemory<byte> body = bytes[HeaderLength..^SHA256.HashSizeInBytes];
            QuantizedModel read = new QuantizedModelReader(body).Read();
            if (QuantizedModelValidator.TryValidate(read, out error))
            {
                model = read;
            }
        }
        catch (InvalidDataException exception)
        {
            error = exception.Message;
        }

        return model is not null;
    }

    /// <summary>Reads the file at <paramref name="path"/>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="model">The model.</param>
    /// <param name="error">One line: file, place and cause.</param>
    public static bool TryRead(string path, [NotNullWhen(true)] out QuantizedModel? model, [NotNullWhen(false)] out string? error)
    {
        model = null;
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read);
            if (!stream.CanSeek || stream.Length > MaximumLength)
            {
                error = $"{path}: not a regular file, or longer than a model file may be ({MaximumLength} bytes)";
                return false;
            }

            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            if (TryDecode(bytes, out model, out string? cause))
            {
                error = null;
                return true;
            }

            error = $"{path}: {cause}";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            error = $"{path}: {exception.Message}";
        }

        return false;
    }

    /// <summary>Writes <paramref name="model"/> to a temporary name beside <paramref name="path"/> and renames it.</summary>
    /// <exception cref="IOException">The file cannot be written; the old one, if any, is untouched.</exception>
    public static void Write(string path, QuantizedModel model)
    {
        string temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write))
            {
                stream.Write(Encode(model));
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private static string? CheckFrame(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < HeaderLength + SHA256.HashSizeInBytes || !bytes.StartsWith(Magic))
        {
            return "not a quantized model file";
        }

        uint version = BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]);
        if (version != Version)
        {
            return $"format version {version}, this program reads version {Version}";
        }

        long body = BinaryPrimitives.ReadInt64LittleEndian(bytes[12..]);
        if (body != bytes.Length - HeaderLength - SHA256.HashSizeInBytes)
        {
            return $"the header says {body} bytes of body, the file has {bytes.Length - HeaderLength - SHA256.HashSizeInBytes}";
        }

        return SHA256.HashData(bytes[..^SHA256.HashSizeInBytes]).AsSpan().SequenceEqual(bytes[^SHA256.HashSizeInBytes..])
            ? null
            : "the digest does not match: the file is damaged";
    }
}
