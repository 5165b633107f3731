using System.Numerics;
using System.Text.Json;

namespace VerifiableML.Chain.Rpc;

/// <summary>Reads the fields of a node's answer; what is not as the method says is a fault of the answer, under the method's name.</summary>
/// <param name="method">The method.</param>
/// <param name="element">An object, or a value.</param>
internal readonly struct JsonReader(string method, JsonElement element)
{
    public bool IsNull => element.ValueKind == JsonValueKind.Null;

    public ulong Quantity() => Hex.TryDecodeQuantity(Text(), out ulong value) ? value : throw Malformed("is not a quantity of 64 bits");

    public BigInteger LargeQuantity() => Hex.TryDecodeQuantity(Text(), out BigInteger value) ? value : throw Malformed("is not a quantity");

    public byte[] Data() => Hex.TryDecodeData(Text(), out byte[]? bytes) ? bytes : throw Malformed("is not data");

    public Bytes32 Hash() => Bytes32.TryParse(Text(), out Bytes32 hash) ? hash : throw Malformed("is not a hash");

    public Address Address() => Chain.Address.TryParse(Text(), out Address address) ? address : throw Malformed("is not an address");

    public JsonReader Field(string name) => element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement field)
        ? new JsonReader(method, field)
        : throw Malformed($"has no field {name}");

    public JsonReader? OptionalField(string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement field) && field.ValueKind != JsonValueKind.Null
            ? new JsonReader(method, field)
            : null;

    public IReadOnlyList<JsonReader> Items()
    {
        if (element.ValueKind != JsonValueKind.Array)
        {
            throw Malformed("is not a list");
        }

        string name = method;
        return [.. element.EnumerateArray().Select(item => new JsonReader(name, item))];
    }

    private string? Text() => element.ValueKind == JsonValueKind.String ? JsonRpcResponse.Text(element) : null;

    private RpcFaultException Malformed(string problem) => JsonRpcResponse.Malformed(method, $"a part of the answer {problem}");
}
