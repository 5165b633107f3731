using System.Net;
using VerifiableML.Chain.Rpc;

namespace VerifiableML.Chain.Tests.Rpc;

/// <summary>What a client does with nodes that are slow, broken or malicious.</summary>
public sealed class JsonRpcFaultTests : IDisposable
{
    private readonly FakeNode _node = new() { Answers = { ["eth_chainId"] = _ => "0x7a69" } };

    public static TheoryData<string, string> Unusable => new()
    {
        { "cut off", "{\"jsonrpc\":\"2.0\",\"id\":ID,\"result\":\"0x" },
        { "not JSON", "<html>busy</html>" },
        { "empty", "" },
        { "a list", "[]" },
        { "a number", "7" },
        { "too deep", new string('[', 100) },
        { "no result", "{\"jsonrpc\":\"2.0\",\"id\":ID}" },
        { "no id", "{\"jsonrpc\":\"2.0\",\"result\":\"0x1\"}" },
        { "no number as id", "{\"jsonrpc\":\"2.0\",\"id\":\"ID\",\"result\":\"0x1\"}" },
        { "id with a fraction", "{\"jsonrpc\":\"2.0\",\"id\":ID.5,\"result\":\"0x1\"}" },
        { "another id", "{\"jsonrpc\":\"2.0\",\"id\":9ID,\"result\":\"0x1\"}" },
        { "error that is no object", "{\"jsonrpc\":\"2.0\",\"id\":ID,\"error\":7}" },
        { "error without code", "{\"jsonrpc\":\"2.0\",\"id\":ID,\"error\":{}}" },
        { "half a surrogate pair", "{\"jsonrpc\":\"2.0\",\"id\":ID,\"error\":{\"code\":\"\\ud800\"}}" },
    };

    public void Dispose() => _node.Dispose();

    [Theory]
    [MemberData(nameof(Unusable))]
    public async Task An_unusable_answer_is_asked_for_again_and_then_named(string what, string text)
    {
        FakeFault fault = new(null, (id, _) => FakeNode.Text(text.Replace("ID", id.ToString(), StringComparison.Ordinal)));
        _node.Faults.Add(fault);
        Assert.Equal(31337ul, await new EthereumNode(_node.Client()).ChainIdAsync());
        Assert.Equal(2, _node.Calls.Count);

        _node.Faults.AddRange(Enumerable.Repeat(fault, 5));
        RpcFaultException thrown = await Assert.ThrowsAsync<RpcFaultException>(() => new EthereumNode(_node.Client()).ChainIdAsync());
        Assert.True(thrown.Fault is RpcFault.Malformed or RpcFault.WrongId, what);
        Assert.Equal(what is "no id" or "no number as id" or "id with a fraction" or "another id", thrown.Fault == RpcFault.WrongId);
        Assert.Equal(7, _node.Calls.Count);
    }

    [Theory]
    [InlineData(HttpStatusCode.TooManyRequests, 5)]
    [InlineData(HttpStatusCode.ServiceUnavailable, 5)]
    [InlineData(HttpStatusCode.InternalServerError, 5)]
    [InlineData(HttpStatusCode.Unauthorized, 1)]
    [InlineData(HttpStatusCode.NotFound, 1)]
    public async Task Only_statuses_that_pass_are_asked_again(HttpStatusCode status, int calls)
    {
        _node.Faults.AddRange(Enumerable.Repeat(new FakeFault(null, (_, _) => FakeNode.Text("sorry", status)), 5));
        RpcFaultException thrown = await Assert.ThrowsAsync<RpcFaultException>(() => new EthereumNode(_node.Client()).ChainIdAsync());
        Assert.Equal(RpcFault.HttpStatus, thrown.Fault);
        Assert.Equal(calls, _node.Calls.Count);
    }

    [Fact]
    public async Task Broken_connections_are_tried_again_and_then_named_without_the_address()
    {
        _node.Faults.AddRange([FakeNode.Dropped(), FakeNode.Dropped(), FakeNode.Dropped(), FakeNode.Dropped()]);
        Assert.Equal(31337ul, await new EthereumNode(_node.Client()).ChainIdAsync());
        _node.Faults.AddRange(Enumerable.Repeat(FakeNode.Dropped(), 5));
        RpcFaultException thrown = await Assert.ThrowsAsync<RpcFaultException>(() => new EthereumNode(_node.Client()).ChainIdAsync());
        Assert.Equal(RpcFault.Connection, thrown.Fault);
        Assert.DoesNotContain("secret", thrown.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_answer_without_end_is_given_up_at_the_limit(bool saysItsLength)
    {
        var endless = new EndlessStream();
        _node.Faults.Add(new FakeFault(null, (_, _) =>
        {
            var response = new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(endless) };
            response.Content.Headers.ContentLength = saysItsLength ? long.MaxValue : null;
            return response;
        }));
        RpcFaultException thrown = await Assert.ThrowsAsync<RpcFaultException>(() => new EthereumNode(_node.Client()).ChainIdAsync());
        Assert.Equal(RpcFault.TooLarge, thrown.Fault);
        Assert.InRange(endless.Served, 0, 100_000);
        Assert.Single(_node.Calls);
    }

    [Fact]
    public async Task A_node_that_never_answers_is_left_at_the_time_limit_or_when_the_caller_wants()
    {
        JsonRpcOptions hasty = FakeNode.Quick with { Timeout = TimeSpan.FromMilliseconds(50), Attempts = 2 };
        _node.Faults.AddRange(Enumerable.Repeat(new FakeFault(null, (_, _) => new HttpResponseMessage { Content = new StreamContent(new SilentStream()) }), 3));
        RpcFaultException thrown = await Assert.ThrowsAsync<RpcFaultException>(() => new EthereumNode(_node.Client(hasty)).ChainIdAsync());
        Assert.Equal(RpcFault.Timeout, thrown.Fault);
        using var impatience = new CancellationTokenSource(50);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new EthereumNode(_node.Client()).ChainIdAsync(impatience.Token));
    }

    [Fact]
    public async Task An_error_is_an_answer_with_what_the_contract_reverted_with()
    {
        _node.Answers["eth_chainId"] = _ => throw new FakeError(3, "execution\nreverted", "0x7fcdd1f4");
        RpcErrorException thrown = await Assert.ThrowsAsync<RpcErrorException>(() => new EthereumNode(_node.Client()).ChainIdAsync());
        Assert.Equal(3, thrown.Code);
        Assert.Equal("execution reverted", thrown.NodeMessage);
        Assert.Equal([0x7f, 0xcd, 0xd1, 0xf4], thrown.RevertData!.Value.ToArray());
        Assert.Single(_node.Calls);
    }

    [Theory]
    [InlineData("0x")]
    [InlineData("0x007a")]
    [InlineData("31337")]
    [InlineData("0x10000000000000000")]
    public async Task A_result_of_another_form_is_named(string result)
    {
        _node.Answers["eth_chainId"] = _ => result;
        RpcFaultException thrown = await Assert.ThrowsAsync<RpcFaultException>(() => new EthereumNode(_node.Client()).ChainIdAsync());
        Assert.Equal(RpcFault.Malformed, thrown.Fault);
    }

    [Fact]
    public void Only_http_is_spoken() => Assert.Throws<ArgumentException>(() => new JsonRpcClient(new HttpClient(_node), new Uri("file:///etc/hosts")));

    private sealed class EndlessStream : MemoryStream
    {
        public long Served { get; private set; }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            buffer.Span.Fill((byte)' ');
            Served += buffer.Length;
            return ValueTask.FromResult(buffer.Length);
        }
    }

    private sealed class SilentStream : MemoryStream
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await Task.Delay(System.Threading.Timeout.Infinite, cancellationToken);
            return 0;
        }
    }
}
