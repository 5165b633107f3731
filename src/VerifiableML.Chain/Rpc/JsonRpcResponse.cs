using System.Text.Json;

namespace VerifiableML.Chain.Rpc;

/// <summary>Reads the answer of a node.</summary>
internal static class JsonRpcResponse
{
    private static readonly JsonDocumentOptions Limits = new() { MaxDepth = 32 };

    /// <summary>The result, or the exception that says what came in its place.</summary>
    /// <param name="method">What was asked.</param>
    /// <param name="id">Under which id.</param>
    /// <param name="body">What came.</param>
    /// <param name="statusFault">What to say where the body is no answer of JSON-RPC because HTTP failed already.</param>
    public static JsonElement Read(string method, long id, byte[] body, RpcFaultException? statusFault)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(body, Limits);
            return Read(method, id, document.RootElement);
        }
        catch (JsonException malformed)
        {
            throw statusFault ?? Malformed(method, "the answer is not JSON", malformed);
        }
        catch (RpcFaultException) when (statusFault is not null)
        {
            throw statusFault;
        }
    }

    public static RpcFaultException Malformed(string method, string problem, Exception? inner = null) =>
        new(RpcFault.Malformed, true, $"{method}: {problem}", inner);

    private static JsonElement Read(string method, long id, JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw Malformed(method, "the answer is not an object");
        }

        if (!root.TryGetProperty("id", out JsonElement answered) || answered.ValueKind != JsonValueKind.Number || !answered.TryGetInt64(out long number)
            || number != id)
        {
            throw new RpcFaultException(RpcFault.WrongId, true, $"{method}: the answer is to another request");
        }

        if (root.TryGetProperty("error", out JsonElement error) && error.ValueKind != JsonValueKind.Null)
        {
            throw Error(method, error);
        }

        return root.TryGetProperty("result", out JsonElement result)
            ? result.Clone()
            : throw Malformed(method, "the answer has neither result nor error");
    }

    private static ChainException Error(string method, JsonElement error)
    {
        if (error.ValueKind != JsonValueKind.Object || !error.TryGetProperty("code", out JsonElement code) || code.ValueKind != JsonValueKind.Number
            || !code.TryGetInt64(out long number))
        {
            return Malformed(method, "the error has no code");
        }

        string? message = error.TryGetProperty("message", out JsonElement text) && text.ValueKind == JsonValueKind.String ? Text(text) : null;
        return new RpcErrorException(method, number, message, error.TryGetProperty("data", out JsonElement data) ? RevertData(data) : null);
    }

    /// <summary>Nodes put what a contract reverted with into the error's data, some of them one object deeper.</summary>
    private static byte[]? RevertData(JsonElement data)
    {
        if (data.ValueKind == JsonValueKind.Object && data.TryGetProperty("data", out JsonElement inner))
        {
            data = inner;
        }

        return data.ValueKind == JsonValueKind.String && Hex.TryDecodeData(Text(data), out byte[]? bytes) ? bytes : null;
    }

    /// <summary>Null where the text has half of a surrogate pair, which is JSON but not a string.</summary>
    internal static string? Text(JsonElement element)
    {
        try
        {
            return element.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
