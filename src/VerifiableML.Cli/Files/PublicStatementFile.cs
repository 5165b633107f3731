using System.Collections.Immutable;
using System.Text.Json;
using VerifiableML.Circuits.Keys;
using VerifiableML.Cli.CommandLine;
using VerifiableML.Protocol.Serialization;

namespace VerifiableML.Cli.Files;

/// <summary>What a proof is about, as it lies beside the proof.</summary>
/// <param name="Model">Commitment of the model, 32 bytes: says early that key and proof belong to different models. The proof binds it anyway.</param>
/// <param name="Statement">The statement.</param>
internal sealed record PublicDocument(ImmutableArray<byte> Model, PublicStatement Statement);

/// <summary>
/// The file <c>public.json</c>: one object with exactly the properties <c>format</c> (<c>vml-public</c>), <c>version</c> (1), <c>model</c>, <c>context</c>,
/// <c>input</c>, <c>inputCommitment</c>, <c>output</c> and <c>outputCommitment</c>. Hashes are 64 hexadecimal digits, values are integers, and what is not public is null.
/// </summary>
internal static class PublicStatementFile
{
    private const string Format = "vml-public";
    private const int Version = 1;
    private const int MaximumLength = 1 << 28;

    private static readonly string[] Properties =
        ["format", "version", "model", "context", "input", "inputCommitment", "output", "outputCommitment"];

    /// <summary>Writes a document, atomically.</summary>
    public static void Write(string path, PublicDocument document) => AtomicFile.Write(path, stream =>
    {
        using var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = false });
        PublicStatement statement = document.Statement;
        writer.WriteStartObject();
        writer.WriteString("format", Format);
        writer.WriteNumber("version", Version);
        writer.WriteString("model", Convert.ToHexStringLower(document.Model.AsSpan()));
        writer.WriteString("context", Convert.ToHexStringLower(statement.Context.AsSpan()));
        WriteValues(writer, "input", statement.Input);
        WriteHash(writer, "inputCommitment", statement.InputCommitment);
        WriteValues(writer, "output", statement.Output);
        WriteHash(writer, "outputCommitment", statement.OutputCommitment);
        writer.WriteEndObject();
    });

    /// <summary>Reads a document.</summary>
    /// <exception cref="InvalidFileException">The file is not one.</exception>
    public static PublicDocument Read(string path)
    {
        if (!BoundedFile.TryRead(path, MaximumLength, out byte[]? bytes, out FileError? error))
        {
            throw error.ToException();
        }

        try
        {
            using JsonDocument json = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = 3 });
            return Decode(path, json.RootElement);
        }
        catch (JsonException exception)
        {
            throw Error(path, $"line {exception.LineNumber + 1}", "not JSON of the expected form");
        }
    }

    private static PublicDocument Decode(string path, JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw Error(path, "top level", "not an object");
        }

        string[] names = [.. root.EnumerateObject().Select(property => property.Name)];
        if (names.Except(Properties).FirstOrDefault() is string unknown)
        {
            throw Error(path, $"property '{unknown}'", "unknown");
        }

        if (Properties.FirstOrDefault(name => names.Count(found => found == name) != 1) is string missing)
        {
            throw Error(path, $"property '{missing}'", "missing, or there twice");
        }

        if (root.GetProperty("format").ValueKind != JsonValueKind.String || root.GetProperty("format").GetString() != Format
            || !root.GetProperty("version").TryGetSafeInt32(out int version) || version != Version)
        {
            throw Error(path, "format", $"not a file of format {Format}, version {Version}");
        }

        var statement = new PublicStatement(
            ReadValues(path, root, "input"), ReadValues(path, root, "output"), ReadHash(path, root, "inputCommitment", optional: true),
            ReadHash(path, root, "outputCommitment", optional: true), ReadHash(path, root, "context", optional: false));
        return new PublicDocument(ReadHash(path, root, "model", optional: false), statement);
    }

    private static void WriteValues(Utf8JsonWriter writer, string name, int[]? values)
    {
        if (values is null)
        {
            writer.WriteNull(name);
            return;
        }

        writer.WriteStartArray(name);
        foreach (int value in values)
        {
            writer.WriteNumberValue(value);
        }

        writer.WriteEndArray();
    }

    private static void WriteHash(Utf8JsonWriter writer, string name, ImmutableArray<byte> hash)
    {
        if (hash.IsDefault)
        {
            writer.WriteNull(name);
        }
        else
        {
            writer.WriteString(name, Convert.ToHexStringLower(hash.AsSpan()));
        }
    }

    private static int[]? ReadValues(string path, JsonElement root, string name)
    {
        JsonElement element = root.GetProperty(name);
        if (element.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (element.ValueKind != JsonValueKind.Array)
        {
            throw Error(path, $"property '{name}'", "not a list of integers");
        }

        var values = new int[element.GetArrayLength()];
        int i = 0;
        foreach (JsonElement item in element.EnumerateArray())
        {
            values[i] = item.TryGetSafeInt32(out int value) ? value : throw Error(path, $"property '{name}', item {i}", "not a 32-bit integer");
            i++;
        }

        return values;
    }

    private static ImmutableArray<byte> ReadHash(string path, JsonElement root, string name, bool optional)
    {
        JsonElement element = root.GetProperty(name);
        if (optional && element.ValueKind == JsonValueKind.Null)
        {
            return default;
        }

        return element.ValueKind == JsonValueKind.String && Hexadecimal.TryDecode(element.GetString()!, PublicStatement.HashLength, out byte[]? bytes)
            ? [.. bytes]
            : throw Error(path, $"property '{name}'", $"not {2 * PublicStatement.HashLength} hexadecimal digits");
    }

    // JsonElement.TryGetInt32 throws for anything that is not a number.
    private static bool TryGetSafeInt32(this JsonElement element, out int value)
    {
        value = 0;
        return element.ValueKind == JsonValueKind.Number && element.TryGetInt32(out value);
    }

    private static InvalidFileException Error(string path, string place, string cause) => new(new FileError(path, place, cause));
}
