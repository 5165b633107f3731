using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using VerifiableML.Algebra;
using VerifiableML.Protocol.Serialization;

namespace VerifiableML.Protocol.Groth16;

/// <summary>The file <c>public.json</c> of snarkjs: the public signals, without the constant one.</summary>
public static class PublicSignalsJson
{
    /// <summary>Greatest length in bytes.</summary>
    public const int MaximumLength = 1 << 20;

    /// <summary>Greatest number of signals.</summary>
    public const int MaximumCount = 1 << 12;

    /// <summary>The bytes that snarkjs writes of these signals.</summary>
    public static byte[] Encode(ReadOnlyMemory<Fr> signals) => SnarkjsWriter.Write(
        writer => writer.WriteArray(signals.Span, static (w, signal) => w.WriteStringValue(signal.ToString())));

    /// <summary>Decodes signals, each below r.</summary>
    /// <param name="bytes">The contents of the file.</param>
    /// <param name="file">The file's name, for the error.</param>
    /// <param name="signals">The signals.</param>
    /// <param name="error">Why it was refused.</param>
    public static bool TryDecode(
        ReadOnlyMemory<byte> bytes, string file, [NotNullWhen(true)] out Fr[]? signals, [NotNullWhen(false)] out FileError? error)
    {
        var reader = new SnarkjsReader(file);
        using JsonDocument? document = reader.Parse(bytes, MaximumLength);
        signals = document is null ? null : Read(reader, document.RootElement);
        error = reader.Error;
        return signals is not null && error is null;
    }

    /// <summary>Writes the file, atomically.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, ReadOnlyMemory<Fr> signals) => AtomicFile.Write(path, Encode(signals));

    /// <summary>Reads the file.</summary>
    /// <inheritdoc cref="TryDecode"/>
    public static bool TryRead(string path, [NotNullWhen(true)] out Fr[]? signals, [NotNullWhen(false)] out FileError? error)
    {
        signals = null;
        return BoundedFile.TryRead(path, MaximumLength, out byte[]? bytes, out error) && TryDecode(bytes, path, out signals, out error);
    }

    private static Fr[] Read(SnarkjsReader reader, JsonElement root)
    {
        JsonElement[] elements = reader.Array(root, "document", 0, MaximumCount);
        var signals = new Fr[elements.Length];
        for (int i = 0; i < signals.Length; i++)
        {
            signals[i] = reader.Scalar(elements[i], $"signal {i}");
        }

        return signals;
    }
}
