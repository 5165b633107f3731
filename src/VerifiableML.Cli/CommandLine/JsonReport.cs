using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace VerifiableML.Cli.CommandLine;

/// <summary>The one JSON object that a command prints; keys in camelCase, in the order in which they were set.</summary>
internal sealed class JsonReport
{
    // Not for HTML: names of tensors and units stay readable.
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly JsonObject _object = [];

    /// <summary>Sets an entry: a number, text, truth value, list, record or another report.</summary>
    public object? this[string key]
    {
        set => _object[key] = value is JsonReport report ? report._object.DeepClone() : JsonSerializer.SerializeToNode(value, Format);
    }

    /// <summary>The entry <paramref name="key"/>, if it is there.</summary>
    public JsonNode? Find(string key) => _object[key];

    /// <inheritdoc/>
    public override string ToString() => _object.ToJsonString(Format);
}
