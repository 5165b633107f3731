using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using VerifiableML.Protocol.Serialization;

namespace VerifiableML.Protocol.Groth16;

/// <summary>The file <c>proof.json</c> of snarkjs.</summary>
public static class ProofJson
{
    /// <summary>Greatest length in bytes; a proof takes about 800.</summary>
    public const int MaximumLength = 1 << 14;

    private static readonly string[] Names = ["pi_a", "pi_b", "pi_c", "protocol", "curve"];

    /// <summary>The bytes that snarkjs writes of this proof.</summary>
    public static byte[] Encode(Groth16Proof proof) => SnarkjsWriter.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WritePropertyName("pi_a");
        writer.WritePoint(proof.A);
        writer.WritePropertyName("pi_b");
        writer.WritePoint(proof.B);
        writer.WritePropertyName("pi_c");
        writer.WritePoint(proof.C);
        writer.WriteSystem();
        writer.WriteEndObject();
    });

    /// <summary>Decodes a proof; its points lie in their groups.</summary>
    /// <param name="bytes">The contents of the file.</param>
    /// <param name="file">The file's name, for the error.</param>
    /// <param name="proof">The proof.</param>
    /// <param name="error">Why it was refused.</param>
    public static bool TryDecode(
        ReadOnlyMemory<byte> bytes, string file, [NotNullWhen(true)] out Groth16Proof? proof, [NotNullWhen(false)] out FileError? error)
    {
        var reader = new SnarkjsReader(file);
        using JsonDocument? document = reader.Parse(bytes, MaximumLength);
        proof = document is null ? null : Read(reader, document.RootElement);
        error = reader.Error;
        return proof is not null && error is null;
    }

    /// <summary>Writes the file, atomically.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, Groth16Proof proof) => AtomicFile.Write(path, Encode(proof));

    /// <summary>Reads the file.</summary>
    /// <inheritdoc cref="TryDecode"/>
    public static bool TryRead(string path, [NotNullWhen(true)] out Groth16Proof? proof, [NotNullWhen(false)] out FileError? error)
    {
        proof = null;
        return BoundedFile.TryRead(path, MaximumLength, out byte[]? bytes, out error) && TryDecode(bytes, path, out proof, out error);
    }

    private static Groth16Proof? Read(SnarkjsReader reader, JsonElement root)
    {
        Dictionary<string, JsonElement> properties = reader.Properties(root, Names);
        reader.RequireSystem(properties);
        return reader.Error is not null
            ? null
            : new Groth16Proof(
                reader.PointOfG1(properties["pi_a"], "\"pi_a\""),
                reader.PointOfG2(properties["pi_b"], "\"pi_b\""),
                reader.PointOfG1(properties["pi_c"], "\"pi_c\""));
    }
}
