using System.Text.Json.Nodes;
using VerifiableML.Algebra;
using VerifiableML.Chain.Rpc;
using VerifiableML.Chain.Signing;
using VerifiableML.Chain.Tests.Rpc;
using VerifiableML.Chain.Transactions;

namespace VerifiableML.Chain.Tests.Transactions;

/// <summary>A fake node with a pool and a chain of one account: what was sent waits until <see cref="Mine"/>.</summary>
internal sealed class FakeChain : IDisposable
{
    public FakeChain(SenderOptions? options = null)
    {
        Node.Answers["eth_chainId"] = _ => Hex.Quantity(ChainId);
        Node.Answers["eth_feeHistory"] = _ => new JsonObject
        {
            ["baseFeePerGas"] = new JsonArray("0x64", "0x64"),
            ["reward"] = new JsonArray(new JsonArray("0xa")),
        };
        Node.Answers["eth_estimateGas"] = _ => "0x5208";
        Node.Answers["eth_blockNumber"] = _ => Hex.Quantity(Height);
        Node.Answers["eth_getTransactionCount"] = parameters =>
            Hex.Quantity(parameters[1].GetString() == "pending" ? MinedNonce + (ulong)(Pool is null ? 0 : 1) : MinedNonce);
        Node.Answers["eth_sendRawTransaction"] = parameters => Send(parameters[0].GetString()!);
        Node.Answers["eth_getTransactionByHash"] = parameters => parameters[0].GetString() == Mined ? new JsonObject() : null;
        Node.Answers["eth_getTransactionReceipt"] = parameters => parameters[0].GetString() == Mined ? Receipt() : null;
        Node.Answers["eth_getBlockByNumber"] = _ =>
            new JsonObject { ["number"] = Hex.Quantity(MinedHeight), ["hash"] = BlockHash, ["timestamp"] = "0x1" };
        Sender = new TransactionSender(new EthereumNode(Node.Client()), PrivateKey.Generate(), options ?? Quick);
    }

    public static SenderOptions Quick { get; } = new(31337)
    {
        Confirmations = 2,
        PollInterval = TimeSpan.FromMilliseconds(5),
        ResendAfter = TimeSpan.FromMilliseconds(50),
        RaiseAfter = TimeSpan.FromSeconds(60),
        Patience = TimeSpan.FromSeconds(20),
    };

    public FakeNode Node { get; } = new();

    public TransactionSender Sender { get; }

    public ulong ChainId { get; set; } = 31337;

    /// <summary>Everything that reached the node, doubles included.</summary>
    public List<string> Sent { get; } = [];

    public string? Pool { get; set; }

    public string? Mined { get; set; }

    public ulong MinedNonce { get; set; } = 7;

    public ulong MinedHeight { get; set; }

    public ulong Height { get; set; } = 100;

    public string BlockHash { get; set; } = "0x" + new string('b', 64);

    /// <summary>What the node says to the next transactions, in order, before it takes one.</summary>
    public Queue<FakeError> Refusals { get; } = new();

    public void Mine()
    {
        (Mined, Pool, MinedHeight) = (HashOf(Pool ?? throw new InvalidOperationException("nothing to mine")), null, ++Height);
        MinedNonce++;
        Height++;
    }

    public void Dispose() => Sender.Dispose();

    private static string HashOf(string raw) => Hex.Data(Keccak256.Hash(Convert.FromHexString(raw.AsSpan(2))));

    private JsonNode Send(string raw)
    {
        Sent.Add(raw);
        if (Refusals.TryDequeue(out FakeError? refusal))
        {
            throw refusal;
        }

        if (HashOf(raw) == Mined)
        {
            throw new FakeError(-32000, "nonce too low: next nonce 8, tx nonce 7");
        }

        if (raw == Pool)
        {
            throw new FakeError(-32000, "already known");
        }

        Pool = raw;
        return HashOf(raw);
    }

    private JsonObject Receipt() => new()
    {
        ["transactionHash"] = Mined,
        ["blockNumber"] = Hex.Quantity(MinedHeight),
        ["blockHash"] = BlockHash,
        ["status"] = "0x1",
        ["gasUsed"] = "0x5208",
        ["contractAddress"] = null,
        ["logs"] = new JsonArray(),
    };
}
