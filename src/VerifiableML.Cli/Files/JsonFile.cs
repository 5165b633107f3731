using System.Numerics;
using System.Text.Json;
using System.Text.Json.Serialization;
using VerifiableML.Chain;
using VerifiableML.Protocol.Serialization;

namespace VerifiableML.Cli.Files;

/// <summary>Small JSON files whose properties are those of a record, all of them and no others; whatever else is in a file is an error that names its place.</summary>
internal static class JsonFile
{
    private const int MaximumLength = 1 << 20;

    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.General)
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        AllowDuplicateProperties = false,
        MaxDepth = 8,
        Converters = { new AddressConverter(), new Bytes32Converter(), new NumberConverter() },
    };

    /// <summary>Writes a record, atomically.</summary>
    public static void Write<T>(string path, T value) => AtomicFile.Write(path, stream => JsonSerializer.Serialize(stream, value, Format));

    /// <summary>Reads a record.</summary>
    /// <exception cref="InvalidFileException">The file is not one.</exception>
    public static T Read<T>(string path)
        where T : class
    {
        if (!BoundedFile.TryRead(path, MaximumLength, out byte[]? bytes, out FileError? error))
        {
            throw error.ToException();
        }

        try
        {
            return JsonSerializer.Deserialize<T>(bytes, Format) ?? throw new FileError(path, "top level", "not an object").ToException();
        }
        catch (JsonException exception)
        {
            string place = exception.Path is null or "$" ? $"line {exception.LineNumber + 1}" : exception.Path;
            throw new FileError(path, place, Explain(exception.Message)).ToException();
        }
    }

    // The reader's own words name types of this program, which say nothing to whoever has the file.
    private static string Explain(string message)
    {
        const string Missing = "including: ";
        if (message.Contains("missing required properties", StringComparison.Ordinal) && message.Contains(Missing, StringComparison.Ordinal))
        {
            return $"missing: {message[(message.IndexOf(Missing, StringComparison.Ordinal) + Missing.Length)..].TrimEnd('.').Replace("'", string.Empty)}";
        }

        if (message.Contains("could not be mapped to any .NET member", StringComparison.Ordinal))
        {
            return "unknown property";
        }

        return message.Contains("could not be converted to", StringComparison.Ordinal) ? "a value of another kind is expected here" : message.Split(" Path: ")[0].TrimEnd('.');
    }

    private sealed class AddressConverter : JsonConverter<Address>
    {
        public override Address Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && Address.TryParse(reader.GetString(), out Address address)
                ? address : throw new JsonException("not an address: 0x and 40 digits, whose upper case is a checksum");

        public override void Write(Utf8JsonWriter writer, Address value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }

    private sealed class Bytes32Converter : JsonConverter<Bytes32>
    {
        public override Bytes32 Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && Bytes32.TryParse(reader.GetString(), out Bytes32 value)
                ? value : throw new JsonException("not 0x and 64 hexadecimal digits");

        public override void Write(Utf8JsonWriter writer, Bytes32 value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }

    // Numbers of contracts have 256 bits; JSON's are read as 64-bit floats by most.
    private sealed class NumberConverter : JsonConverter<BigInteger>
    {
        public override BigInteger Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && reader.GetString() is { Length: > 0 and <= 78 } text && text.All(char.IsAsciiDigit)
                ? BigInteger.Parse(text) : throw new JsonException("not a number in quotes");

        public override void Write(Utf8JsonWriter writer, BigInteger value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }
}
