using System.Numerics;

namespace VerifiableML.Chain.Rpc;

/// <summary>What is used of a block.</summary>
/// <param name="Number">Its height.</param>
/// <param name="Hash">Its hash.</param>
/// <param name="Timestamp">Seconds since 1970.</param>
public sealed record BlockHeader(ulong Number, Bytes32 Hash, ulong Timestamp);

/// <summary>Fees of recent blocks (<c>eth_feeHistory</c>), in wei.</summary>
/// <param name="NextBaseFee">Base fee of the block to come.</param>
/// <param name="PriorityFees">Median priority fee of each block.</param>
public sealed record FeeHistory(BigInteger NextBaseFee, IReadOnlyList<BigInteger> PriorityFees);

/// <summary>An event of a contract.</summary>
/// <param name="Account">The contract.</param>
/// <param name="Topics">Hash of the event's signature, then its indexed values.</param>
/// <param name="Data">Its other values.</param>
public sealed record LogEntry(Address Account, IReadOnlyList<Bytes32> Topics, ReadOnlyMemory<byte> Data);

/// <summary>What became of a transaction in one block. Another block may yet take that one's place.</summary>
/// <param name="TransactionHash">The transaction.</param>
/// <param name="BlockNumber">Height of its block.</param>
/// <param name="BlockHash">Its block.</param>
/// <param name="Succeeded">False where it reverted or ran out of gas; it has then cost its gas and changed nothing else.</param>
/// <param name="GasUsed">Gas, calldata included.</param>
/// <param name="EffectiveGasPrice">Wei paid for each gas.</param>
/// <param name="ContractAddress">The contract that it created, or null.</param>
/// <param name="Logs">Events, in order.</param>
public sealed record TransactionReceipt(
    Bytes32 TransactionHash, ulong BlockNumber, Bytes32 BlockHash, bool Succeeded, ulong GasUsed, BigInteger EffectiveGasPrice, Address? ContractAddress,
    IReadOnlyList<LogEntry> Logs);

/// <summary>A call, to be tried or estimated.</summary>
/// <param name="From">Who calls.</param>
/// <param name="To">The contract, or null to create one.</param>
/// <param name="Data">Calldata or creating code.</param>
/// <param name="Value">Wei.</param>
/// <param name="GasLimit">Most gas, or null for the node's limit.</param>
public sealed record CallRequest(Address From, Address? To, ReadOnlyMemory<byte> Data, BigInteger Value = default, ulong? GasLimit = null);
