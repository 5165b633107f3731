using System.Collections.Immutable;
using System.Numerics;
using VerifiableML.Chain.Abi;
using VerifiableML.Chain.Rpc;
using VerifiableML.Chain.Transactions;

namespace VerifiableML.Chain.Contracts;

/// <summary>Reads from one contract, and names what it reverts with.</summary>
/// <param name="node">A node.</param>
/// <param name="address">Where the contract is.</param>
/// <param name="kind">What it should be, for messages.</param>
/// <param name="errors">What it reverts with.</param>
internal sealed class ContractCall(EthereumNode node, Address address, string kind, ImmutableArray<ContractError> errors)
{
    /// <summary>What the contract returns.</summary>
    /// <exception cref="CallRevertedException">It reverts.</exception>
    public async Task<byte[]> ReadAsync(byte[] call, CancellationToken cancellation)
    {
        try
        {
            return await node.CallAsync(new CallRequest(default, address, call), null, cancellation).ConfigureAwait(false);
        }
        catch (RpcErrorException error) when (Reverts.Read(error, errors) is { } reason)
        {
            throw new CallRevertedException(reason);
        }
    }

    /// <summary>One <c>uint256</c>.</summary>
    public async Task<BigInteger> NumberAsync(byte[] call, CancellationToken cancellation)
    {
        byte[] returned = await ReadAsync(call, cancellation).ConfigureAwait(false);
        return new AbiReader(returned).TryNumber(0, out BigInteger number) ? number : throw Unexpected();
    }

    /// <summary>One <c>int256</c>.</summary>
    public async Task<BigInteger> SignedAsync(byte[] call, CancellationToken cancellation)
    {
        byte[] returned = await ReadAsync(call, cancellation).ConfigureAwait(false);
        return new AbiReader(returned).TrySigned(0, out BigInteger number) ? number : throw Unexpected();
    }

    /// <summary>For answers of another form.</summary>
    public ChainException Unexpected() => new($"the contract at {address} does not answer as {kind}");

    /// <summary>For transactions that succeed without the event that they exist for.</summary>
    public ChainException WithoutEvent(TransactionReceipt receipt) =>
        new($"transaction {receipt.TransactionHash} succeeded without the event of {kind}: is {address} one?");

    /// <summary>The one event of a receipt that a reader reads.</summary>
    public T Event<T>(TransactionReceipt receipt, Func<LogEntry, T?> read)
        where T : class
    {
        foreach (LogEntry log in receipt.Logs)
        {
            if (log.Account == address && read(log) is { } found)
            {
                return found;
            }
        }

        throw WithoutEvent(receipt);
    }
}
