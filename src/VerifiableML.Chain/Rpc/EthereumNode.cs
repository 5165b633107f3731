using System.Numerics;
using System.Text.Json.Nodes;

namespace VerifiableML.Chain.Rpc;

/// <summary>
/// The methods of a node that are used here (Ethereum execution API), typed. All are repeated on passing faults, but for the sending of transactions,
/// whose policy is <see cref="Transactions.TransactionSender"/>'s. They throw as <see cref="IJsonRpcClient.CallAsync"/> does.
/// </summary>
/// <param name="rpc">The connection.</param>
public sealed class EthereumNode(IJsonRpcClient rpc)
{
    private const string Latest = "latest";
    private const string Pending = "pending";

    /// <summary>The connection's limits and pauses.</summary>
    internal JsonRpcOptions Options => rpc.Options;

    /// <summary>The chain.</summary>
    public async Task<ulong> ChainIdAsync(CancellationToken cancellation = default) =>
        (await AskAsync("eth_chainId", [], cancellation).ConfigureAwait(false)).Quantity();

    /// <summary>Height of the newest block.</summary>
    public async Task<ulong> BlockNumberAsync(CancellationToken cancellation = default) =>
        (await AskAsync("eth_blockNumber", [], cancellation).ConfigureAwait(false)).Quantity();

    /// <summary>The block of a height on the chain that the node now follows, or null.</summary>
    public async Task<BlockHeader?> BlockAsync(ulong number, CancellationToken cancellation = default)
    {
        JsonReader block = await AskAsync("eth_getBlockByNumber", [Hex.Quantity(number), false], cancellation).ConfigureAwait(false);
        return block.IsNull
            ? null
            : new BlockHeader(block.Field("number").Quantity(), block.Field("hash").Hash(), block.Field("timestamp").Quantity());
    }

    /// <summary>Wei of an account.</summary>
    public async Task<BigInteger> BalanceAsync(Address account, CancellationToken cancellation = default) =>
        (await AskAsync("eth_getBalance", [account.ToString(), Latest], cancellation).ConfigureAwait(false)).LargeQuantity();

    /// <summary>Code of an account; empty where there is none.</summary>
    public async Task<byte[]> CodeAsync(Address account, CancellationToken cancellation = default) =>
        (await AskAsync("eth_getCode", [account.ToString(), Latest], cancellation).ConfigureAwait(false)).Data();

    /// <summary>The number of an account's next transaction.</summary>
    /// <param name="account">The account.</param>
    /// <param name="isPending">Whether transactions that wait in the node's pool count.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    public async Task<ulong> NonceAsync(Address account, bool isPending, CancellationToken cancellation = default) =>
        (await AskAsync("eth_getTransactionCount", [account.ToString(), isPending ? Pending : Latest], cancellation).ConfigureAwait(false)).Quantity();

    /// <summary>Fees of recent blocks.</summary>
    public async Task<FeeHistory> FeeHistoryAsync(int blocks, CancellationToken cancellation = default)
    {
        JsonReader history =
            await AskAsync("eth_feeHistory", [Hex.Quantity((ulong)blocks), Latest, new JsonArray(50)], cancellation).ConfigureAwait(false);
        IReadOnlyList<JsonReader> fees = history.Field("baseFeePerGas").Items();
        if (fees.Count == 0)
        {
            throw JsonRpcResponse.Malformed("eth_feeHistory", "the answer has no base fee");
        }

        BigInteger[] rewards = [.. (history.OptionalField("reward")?.Items() ?? []).SelectMany(block => block.Items()).Select(fee => fee.LargeQuantity())];
        return new FeeHistory(fees[^1].LargeQuantity(), rewards);
    }

    /// <summary>Gas that a transaction would take now.</summary>
    /// <exception cref="RpcErrorException">Among others where it would revert, with what the contract reverts with.</exception>
    public async Task<ulong> EstimateGasAsync(CallRequest call, CancellationToken cancellation = default) =>
        (await AskAsync("eth_estimateGas", [Write(call)], cancellation).ConfigureAwait(false)).Quantity();

    /// <summary>What a contract would return.</summary>
    /// <param name="call">The call.</param>
    /// <param name="block">After which block, or null for the newest.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <exception cref="RpcErrorException">Among others where it reverts, with what the contract reverts with.</exception>
    public async Task<byte[]> CallAsync(CallRequest call, ulong? block = null, CancellationToken cancellation = default) =>
        (await AskAsync("eth_call", [Write(call), block is { } number ? Hex.Quantity(number) : Latest], cancellation).ConfigureAwait(false)).Data();

    /// <summary>The receipt of a transaction, or null while it is in no block that the node follows.</summary>
    public async Task<TransactionReceipt?> ReceiptAsync(Bytes32 transaction, CancellationToken cancellation = default)
    {
        JsonReader receipt = await AskAsync("eth_getTransactionReceipt", [transaction.ToString()], cancellation).ConfigureAwait(false);
        if (receipt.IsNull)
        {
            return null;
        }

        return new TransactionReceipt(
            receipt.Field("transactionHash").Hash(),
            receipt.Field("blockNumber").Quantity(),
            receipt.Field("blockHash").Hash(),
            receipt.Field("status").Quantity() == 1,
            receipt.Field("gasUsed").Quantity(),
            receipt.OptionalField("effectiveGasPrice")?.LargeQuantity() ?? BigInteger.Zero,
            receipt.OptionalField("contractAddress")?.Address(),
            [.. receipt.Field("logs").Items().Select(Log)]);
    }

    /// <summary>Whether the node knows a transaction, in its pool or in a block.</summary>
    public async Task<bool> KnowsTransactionAsync(Bytes32 transaction, CancellationToken cancellation = default) =>
        !(await AskAsync("eth_getTransactionByHash", [transaction.ToString()], cancellation).ConfigureAwait(false)).IsNull;

    /// <summary>Hands signed bytes to the node, once.</summary>
    internal async Task SendOnceAsync(ReadOnlyMemory<byte> raw, CancellationToken cancellation) =>
        await rpc.CallOnceAsync("eth_sendRawTransaction", [Hex.Data(raw.Span)], cancellation).ConfigureAwait(false);

    private static LogEntry Log(JsonReader log) =>
        new(log.Field("address").Address(), [.. log.Field("topics").Items().Select(topic => topic.Hash())], log.Field("data").Data());

    private static JsonObject Write(CallRequest call)
    {
        var written = new JsonObject
        {
            ["from"] = call.From.ToString(),
            ["data"] = Hex.Data(call.Data.Span),
            ["value"] = Hex.Quantity(call.Value),
        };
        if (call.To is { } to)
        {
            written["to"] = to.ToString();
        }

        if (call.GasLimit is { } gas)
        {
            written["gas"] = Hex.Quantity(gas);
        }

        return written;
    }

    private async Task<JsonReader> AskAsync(string method, JsonArray parameters, CancellationToken cancellation) =>
        new(method, await rpc.CallAsync(method, parameters, cancellation).ConfigureAwait(false));
}
