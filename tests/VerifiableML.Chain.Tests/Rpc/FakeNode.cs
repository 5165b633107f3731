using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using VerifiableML.Chain.Rpc;

namespace VerifiableML.Chain.Tests.Rpc;

/// <summary>An error object in place of a result.</summary>
internal sealed class FakeError(int code, string message, JsonNode? data = null) : Exception(message)
{
    public JsonObject Object => new() { ["code"] = code, ["message"] = Message, ["data"] = data?.DeepClone() };
}

/// <summary>What goes wrong with one request.</summary>
/// <param name="Method">The method that it befalls, or null for any.</param>
/// <param name="Response">What comes in place of the answer, given the id of the request and the true answer.</param>
/// <param name="IsHandled">Whether the node does what it was asked first.</param>
internal sealed record FakeFault(string? Method, Func<long, string, HttpResponseMessage> Response, bool IsHandled = false);

/// <summary>A node of a few lines, which answers as it is told and breaks as it is told.</summary>
internal sealed class FakeNode : HttpMessageHandler
{
    public static readonly Uri Endpoint = new("http://user:secret@node.invalid/path-secret");

    public static readonly JsonRpcOptions Quick = new()
    {
        FirstPause = TimeSpan.FromMilliseconds(1),
        LongestPause = TimeSpan.FromMilliseconds(2),
        MaximumResponseBytes = 10_000,
        Timeout = TimeSpan.FromMilliseconds(2000),
    };

    public Dictionary<string, Func<JsonElement, JsonNode?>> Answers { get; } = [];

    public List<FakeFault> Faults { get; } = [];

    public List<string> Calls { get; } = [];

    public JsonRpcClient Client(JsonRpcOptions? options = null) => new(new HttpClient(this), Endpoint, options ?? Quick);

    public static HttpResponseMessage Text(string text, HttpStatusCode status = HttpStatusCode.OK) => new(status) { Content = new StringContent(text) };

    /// <summary>The connection breaks before any answer.</summary>
    public static FakeFault Dropped(string? method = null, bool isHandled = false) =>
        new(method, (_, _) => throw new HttpRequestException("broken"), isHandled);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using JsonDocument document = JsonDocument.Parse(await request.Content!.ReadAsStringAsync(cancellationToken));
        JsonElement root = document.RootElement.Clone();
        string method = root.GetProperty("method").GetString()!;
        long id = root.GetProperty("id").GetInt64();
        Calls.Add(method);
        FakeFault? fault = Faults.Find(candidate => candidate.Method is null || candidate.Method == method);
        string answer = fault is null or { IsHandled: true } ? Answer(method, id, root.GetProperty("params")) : string.Empty;
        if (fault is null)
        {
            return Text(answer);
        }

        Faults.Remove(fault);
        return fault.Response(id, answer);
    }

    private string Answer(string method, long id, JsonElement parameters)
    {
        var response = new JsonObject { ["jsonrpc"] = "2.0", ["id"] = id };
        try
        {
            response["result"] = Answers.TryGetValue(method, out Func<JsonElement, JsonNode?>? answer)
                ? answer(parameters)
                : throw new FakeError(-32601, "method not found");
        }
        catch (FakeError error)
        {
            response["error"] = error.Object;
        }

        return response.ToJsonString();
    }
}
