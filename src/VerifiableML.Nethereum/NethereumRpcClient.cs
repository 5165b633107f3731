using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Nethereum.JsonRpc.Client;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using VerifiableML.Chain.Rpc;

namespace VerifiableML.Nethereum;

/// <summary>
/// A connection to a node over a client of Nethereum, with that client's transport, authentication and interceptors. Nethereum has one limit of time for all its clients and no
/// limit on the length of an answer, so of the options only attempts and pauses count here.
/// </summary>
/// <param name="client">The client.</param>
/// <param name="options">Attempts and pauses.</param>
public sealed class NethereumRpcClient(IClient client, JsonRpcOptions? options = null) : IJsonRpcClient
{
    /// <inheritdoc/>
    public JsonRpcOptions Options { get; } = options ?? new JsonRpcOptions();

    /// <inheritdoc/>
    public Task<JsonElement> CallAsync(string method, JsonArray parameters, CancellationToken cancellation = default) =>
        TransientFaults.RepeatAsync(() => CallOnceAsync(method, parameters, cancellation), Options, cancellation);

    /// <inheritdoc/>
    public async Task<JsonElement> CallOnceAsync(string method, JsonArray parameters, CancellationToken cancellation = default)
    {
        object?[] values = [.. parameters.Select(Plain)];
        try
        {
            return Result(await client.SendRequestAsync<object?>(method, null, values!).WaitAsync(cancellation).ConfigureAwait(false));
        }
        catch (RpcResponseException refused)
        {
            RpcError error = refused.RpcError;
            throw new RpcErrorException(method, error.Code, error.Message, Hex.TryDecodeData(error.GetDataAsString(), out byte[]? data) ? data : null);
        }
        catch (RpcClientTimeoutException late)
        {
            throw new RpcFaultException(RpcFault.Timeout, true, $"{method}: no answer in time", late);
        }
        catch (Exception broken) when (broken is RpcClientUnknownException or HttpRequestException or IOException)
        {
            throw new RpcFaultException(RpcFault.Connection, true, $"{method}: the connection to the node broke, was refused, or had no answer of JSON-RPC", broken);
        }
        catch (Exception malformed) when (malformed is RpcResponseFormatException or Newtonsoft.Json.JsonException or System.Text.Json.JsonException)
        {
            throw new RpcFaultException(RpcFault.Malformed, true, $"{method}: the answer is not one of JSON-RPC", malformed);
        }
    }

    /// <summary>Values that every serializer writes alike; Nethereum's clients use different ones.</summary>
    private static object? Plain(JsonNode? node) => node switch
    {
        null => null,
        JsonArray array => array.Select(Plain).ToArray(),
        JsonObject fields => fields.ToDictionary(field => field.Key, field => Plain(field.Value)),
        _ when node.GetValueKind() is JsonValueKind.String => node.GetValue<string>(),
        _ when node.GetValueKind() is JsonValueKind.True or JsonValueKind.False => node.GetValue<bool>(),
        _ => decimal.Parse(node.ToJsonString(), CultureInfo.InvariantCulture) is var number && number == decimal.Truncate(number) ? (long)number : number,
    };

    private static JsonElement Result(object? result) => result switch
    {
        JsonElement element => element,
        JToken token => JsonElement.Parse(token.ToString(Formatting.None)),
        _ => System.Text.Json.JsonSerializer.SerializeToElement(result),
    };
}
