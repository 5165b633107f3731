using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using VerifiableML.Protocol.Serialization;

namespace VerifiableML.Protocol.Groth16;

/// <summary>
/// Reads what snarkjs writes as JSON: numbers as decimal strings, points as arrays with a third coordinate that is one, or zero for infinity.
/// One number has one spelling here, although snarkjs itself takes more. The first thing that is wrong is kept as
/// <see cref="Error"/>; what is read after it means nothing.
/// </summary>
/// <param name="file">The file's name, for the error.</param>
internal sealed partial class SnarkjsReader(string file)
{
    private const int MaximumDepth = 8;

    /// <summary>What was wrong first, or null.</summary>
    public FileError? Error { get; private set; }

    /// <summary>Notes an error, unless there is one already.</summary>
    public void Fail(string place, string cause) => Error ??= new FileError(file, place, cause);

    /// <summary>The document, or null for what is too long, is not JSON or has a property twice.</summary>
    public JsonDocument? Parse(ReadOnlyMemory<byte> bytes, int maximumLength)
    {
        if (bytes.Length > maximumLength)
        {
            Fail("length", $"{bytes.Length} bytes, more than the {maximumLength} that such a file can have");
            return null;
        }

        var options = new JsonDocumentOptions { MaxDepth = MaximumDepth, AllowDuplicateProperties = false };
        try
        {
            if (Utf8.IsValid(bytes.Span))
            {
                return JsonDocument.Parse(bytes, options);
            }

            Fail("text", "not UTF-8");
        }
        catch (JsonException exception)
        {
            Fail($"line {exception.LineNumber + 1}", "not valid JSON, or a property occurs twice");
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, in the name of a property.
            Fail("text", "not valid Unicode");
        }

        return null;
    }

    /// <summary>The properties of an object that has all of the <paramref name="required"/> and none beyond the <paramref name="optional"/>.</summary>
    public Dictionary<string, JsonElement> Properties(JsonElement element, string[] required, params string[] optional)
    {
        var found = new Dictionary<string, JsonElement>();
        if (element.ValueKind != JsonValueKind.Object)
        {
            Fail("document", "not an object");
            return found;
        }

        foreach (JsonProperty property in element.EnumerateObject())
        {
            // As it stands in the file: none of the known names needs an escape.
            string name = Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8PropertyName(property));
            if (required.Contains(name) || optional.Contains(name))
            {
                found[name] = property.Value;
            }
            else
            {
                Fail("document", $"unknown property \"{(name.Length > 32 ? name[..32] + "…" : name)}\"");
            }
        }

        if (System.Array.Find(required, name => !found.ContainsKey(name)) is string missing)
        {
            Fail("document", $"there is no \"{missing}\"");
        }

        return found;
    }

    /// <summary>Notes an error unless the properties say Groth16 and BN254.</summary>
    public void RequireSystem(Dictionary<string, JsonElement> properties)
    {
        RequireText(properties, "protocol", "groth16");
        RequireText(properties, "curve", "bn128");
    }

    /// <summary>The elements of an array of a length within bounds.</summary>
    public JsonElement[] Array(JsonElement element, string place, int minimum, int maximum)
    {
        if (element.ValueKind != JsonValueKind.Array)
        {
            Fail(place, "not an array");
        }
        else if (element.GetArrayLength() is int length && (length < minimum || length > maximum))
        {
            Fail(place, minimum == maximum ? $"{length} elements instead of {minimum}" : $"{length} elements, not {minimum} to {maximum}");
        }
        else
        {
            return [.. element.EnumerateArray()];
        }

        return [];
    }

    private void RequireText(Dictionary<string, JsonElement> properties, string name, string expected)
    {
        if (properties.TryGetValue(name, out JsonElement element) && !IsText(element, expected))
        {
            Fail($"\"{name}\"", $"not \"{expected}\"");
        }
    }

    private static bool IsText(JsonElement element, string expected) =>
        element.ValueKind == JsonValueKind.String && JsonMarshal.GetRawUtf8Value(element)[1..^1].SequenceEqual(Encoding.UTF8.GetBytes(expected));
}
