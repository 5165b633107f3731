using System.Collections.Immutable;
using System.Numerics;
using VerifiableML.Chain.Abi;

namespace VerifiableML.Chain.Transactions;

/// <summary>What a transaction is to do. What is null is found out from the node.</summary>
/// <param name="To">The contract to call, or null to create one.</param>
/// <param name="Data">Calldata or creating code.</param>
public sealed record TransactionRequest(Address? To, ReadOnlyMemory<byte> Data)
{
    /// <summary>Wei to send along.</summary>
    public BigInteger Value { get; init; }

    /// <summary>Most gas; estimated with a margin where null.</summary>
    public ulong? GasLimit { get; init; }

    /// <summary>Fees; from recent blocks where null.</summary>
    public FeeQuote? Fees { get; init; }

    /// <summary>The account's number of the transaction. Given, it says that whatever waits in the pool under this number is to be replaced.</summary>
    public ulong? Nonce { get; init; }

    /// <summary>Errors by which reverts are named.</summary>
    public ImmutableArray<ContractError> Errors { get; init; } = [];
}
