using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace VerifiableML.Chain.Rpc;

/// <summary>
/// JSON-RPC 2.0 over HTTP. Answers are matched to requests by id, have a limit in bytes and in time, and are repeated with growing pauses where the fault
/// may pass: broken connections, time limits, HTTP 408, 429 and 5xx, answers that are cut off or not ours. Error objects are answers and are not repeated,
/// but for "limit exceeded". The address of the node, which may hold a password, is in no message.
/// </summary>
public sealed class JsonRpcClient : IJsonRpcClient
{
    private const int ChunkLength = 16384;

    private readonly HttpClient _http;
    private readonly Uri _endpoint;
    private long _lastId;

    /// <summary>Over a client that the caller made and disposes of.</summary>
    /// <param name="http">The client; its own timeout should be above that of the options.</param>
    /// <param name="endpoint">The node.</param>
    /// <param name="options">Limits.</param>
    /// <exception cref="ArgumentException">An address that is not of http or https.</exception>
    public JsonRpcClient(HttpClient http, Uri endpoint, JsonRpcOptions? options = null)
    {
        if (!endpoint.IsAbsoluteUri || endpoint.Scheme is not ("http" or "https"))
        {
            throw new ArgumentException("a node's address starts with http:// or https://", nameof(endpoint));
        }

        (_http, _endpoint, Options) = (http, endpoint, options ?? new JsonRpcOptions());
    }

    /// <inheritdoc/>
    public JsonRpcOptions Options { get; }

    /// <inheritdoc/>
    public Task<JsonElement> CallAsync(string method, JsonArray parameters, CancellationToken cancellation = default) =>
        TransientFaults.RepeatAsync(() => CallOnceAsync(method, parameters, cancellation), Options, cancellation);

    /// <inheritdoc/>
    public async Task<JsonElement> CallOnceAsync(string method, JsonArray parameters, CancellationToken cancellation = default)
    {
        long id = Interlocked.Increment(ref _lastId);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Options.Timeout);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, _endpoint) { Content = Body(id, method, parameters) };
            using HttpResponseMessage response =
                await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token).ConfigureAwait(false);
            if (IsPassing(response.StatusCode))
            {
                throw StatusFault(method, response.StatusCode);
            }

            byte[] body = await ReadAsync(method, response.Content, limit.Token).ConfigureAwait(false);
            return JsonRpcResponse.Read(method, id, body, response.IsSuccessStatusCode ? null : StatusFault(method, response.StatusCode));
        }
        catch (OperationCanceledException cancelled) when (!cancellation.IsCancellationRequested)
        {
            throw new RpcFaultException(RpcFault.Timeout, true, $"{method}: no answer within {Options.Timeout.TotalSeconds} s", cancelled);
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException)
        {
            throw new RpcFaultException(RpcFault.Connection, true, $"{method}: the connection to the node broke or was refused", broken);
        }
    }

    private static bool IsPassing(HttpStatusCode status) => status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests
        or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;

    private static RpcFaultException StatusFault(string method, HttpStatusCode status) =>
        new(RpcFault.HttpStatus, IsPassing(status) || (int)status >= 500, $"{method}: the node answered with HTTP status {(int)status}");

    private static ByteArrayContent Body(long id, string method, JsonArray parameters)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            writer.WriteString("jsonrpc", "2.0");
            writer.WriteNumber("id", id);
            writer.WriteString("method", method);
            writer.WritePropertyName("params");
            parameters.WriteTo(writer);
            writer.WriteEndObject();
        }

        var content = new ByteArrayContent(stream.ToArray());
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return content;
    }

    private async Task<byte[]> ReadAsync(string method, HttpContent content, CancellationToken cancellation)
    {
        // Repeating would only bring the same answer.
        var tooLarge = new RpcFaultException(RpcFault.TooLarge, false, $"{method}: the answer is longer than {Options.MaximumResponseBytes} bytes");
        if (content.Headers.ContentLength > Options.MaximumResponseBytes)
        {
            throw tooLarge;
        }

        using Stream stream = await content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
        using var body = new MemoryStream();
        byte[] chunk = new byte[ChunkLength];
        int length;
        while ((length = await stream.ReadAsync(chunk, cancellation).ConfigureAwait(false)) > 0)
        {
            if (body.Length + length > Options.MaximumResponseBytes)
            {
                throw tooLarge;
            }

            body.Write(chunk, 0, length);
        }

        return body.ToArray();
    }
}
