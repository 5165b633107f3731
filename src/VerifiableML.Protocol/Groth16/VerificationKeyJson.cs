using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using VerifiableML.Algebra;
using VerifiableML.Protocol.Serialization;

namespace VerifiableML.Protocol.Groth16;

/// <summary>The file <c>verification_key.json</c> of snarkjs.</summary>
public static class VerificationKeyJson
{
    /// <summary>Greatest length in bytes; a key takes about 3,200, and 180 for each public signal.</summary>
    public const int MaximumLength = 1 << 20;

    private const string PairingName = "vk_alphabeta_12";

    private static readonly string[] Names = ["protocol", "curve", "nPublic", "vk_alpha_1", "vk_beta_2", "vk_gamma_2", "vk_delta_2", "IC"];

    /// <summary>The bytes that snarkjs writes of this key.</summary>
    public static byte[] Encode(Groth16VerificationKey key) => SnarkjsWriter.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteSystem();
        writer.WriteNumber("nPublic", key.PublicCount);
        writer.WritePropertyName("vk_alpha_1");
        writer.WritePoint(key.Alpha);
        writer.WritePropertyName("vk_beta_2");
        writer.WritePoint(key.Beta);
        writer.WritePropertyName("vk_gamma_2");
        writer.WritePoint(key.Gamma);
        writer.WritePropertyName("vk_delta_2");
        writer.WritePoint(key.Delta);
        writer.WritePropertyName(PairingName);
        writer.WriteValueOfPairing(SnarkjsPairing.Compute(key.Alpha, key.Beta));
        writer.WritePropertyName("IC");
        writer.WriteArray(key.Inputs.AsSpan(), SnarkjsWriter.WritePoint);
        writer.WriteEndObject();
    });

    /// <summary>Decodes a key that a verifier can use (<see cref="Groth16VerificationKey.FindFault"/>).</summary>
    /// <param name="bytes">The contents of the file.</param>
    /// <param name="file">The file's name, for the error.</param>
    /// <param name="key">The key.</param>
    /// <param name="error">Why it was refused.</param>
    public static bool TryDecode(
        ReadOnlyMemory<byte> bytes, string file, [NotNullWhen(true)] out Groth16VerificationKey? key, [NotNullWhen(false)] out FileError? error)
    {
        var reader = new SnarkjsReader(file);
        using JsonDocument? document = reader.Parse(bytes, MaximumLength);
        key = document is null ? null : Read(reader, document.RootElement);
        error = reader.Error;
        return key is not null && error is null;
    }

    /// <summary>Writes the file, atomically.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, Groth16VerificationKey key) => AtomicFile.Write(path, Encode(key));

    /// <summary>Reads the file.</summary>
    /// <inheritdoc cref="TryDecode"/>
    public static bool TryRead(string path, [NotNullWhen(true)] out Groth16VerificationKey? key, [NotNullWhen(false)] out FileError? error)
    {
        key = null;
        return BoundedFile.TryRead(path, MaximumLength, out byte[]? bytes, out error) && TryDecode(bytes, path, out key, out error);
    }

    private static Groth16VerificationKey? Read(SnarkjsReader reader, JsonElement root)
    {
        Dictionary<string, JsonElement> properties = reader.Properties(root, Names, PairingName);
        reader.RequireSystem(properties);
        if (reader.Error is not null)
        {
            return null;
        }

        var key = new Groth16VerificationKey(
            reader.PointOfG1(properties["vk_alpha_1"], "\"vk_alpha_1\""),
            reader.PointOfG2(properties["vk_beta_2"], "\"vk_beta_2\""),
            reader.PointOfG2(properties["vk_gamma_2"], "\"vk_gamma_2\""),
            reader.PointOfG2(properties["vk_delta_2"], "\"vk_delta_2\""),
            ReadInputs(reader, properties["IC"]));
        if (properties["nPublic"] is not { ValueKind: JsonValueKind.Number } count
            || !count.TryGetInt32(out int publicCount) || publicCount != key.PublicCount)
        {
            reader.Fail("\"nPublic\"", "not one less than there are points in \"IC\"");
        }

        if (reader.Error is null && key.FindFault() is string fault)
        {
            reader.Fail("key", fault);
        }

        CheckPairing(reader, properties, key);
        return key;
    }

    private static ImmutableArray<G1> ReadInputs(SnarkjsReader reader, JsonElement element)
    {
        JsonElement[] elements = reader.Array(element, "\"IC\"", 1, PublicSignalsJson.MaximumCount + 1);
        var inputs = new G1[elements.Length];
        for (int i = 0; i < inputs.Length; i++)
        {
            inputs[i] = reader.PointOfG1(elements[i], $"\"IC\", point {i}");
        }

        return [.. inputs];
    }

    /// <summary>Some programs compute with e(α, β) as the file has it: a wrong one would make them and this one disagree.</summary>
    private static void CheckPairing(SnarkjsReader reader, Dictionary<string, JsonElement> properties, Groth16VerificationKey key)
    {
        if (reader.Error is null && properties.TryGetValue(PairingName, out JsonElement element)
            && reader.ValueOfPairing(element, $"\"{PairingName}\"") != SnarkjsPairing.Compute(key.Alpha, key.Beta))
        {
            reader.Fail($"\"{PairingName}\"", "not the pairing of \"vk_alpha_1\" and \"vk_beta_2\"");
        }
    }
}
