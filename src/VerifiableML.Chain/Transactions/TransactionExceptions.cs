using VerifiableML.Chain.Abi;
using VerifiableML.Chain.Rpc;

namespace VerifiableML.Chain.Transactions;

/// <summary>The node follows another chain than the one that is meant.</summary>
/// <param name="expected">The chain that is meant.</param>
/// <param name="actual">The node's.</param>
public sealed class WrongChainException(ulong expected, ulong actual) : ChainException($"the node is of chain {actual}, expected {expected}");

/// <summary>A call would revert, or did. Nothing was sent.</summary>
/// <param name="reason">What the contract said.</param>
public sealed class CallRevertedException(RevertReason reason) : ChainException(reason.Description)
{
    /// <summary>What the contract said.</summary>
    public RevertReason Reason { get; } = reason;
}

/// <summary>A transaction is in a block and changed nothing there: it reverted or ran out of gas.</summary>
/// <param name="receipt">Its receipt.</param>
/// <param name="reason">What the contract said when the call was tried again on the block before; null where it used all its gas or could not be tried.</param>
/// <param name="ranOutOfGas">Whether it used all its gas and did not revert in words.</param>
public sealed class TransactionFailedException(TransactionReceipt receipt, RevertReason? reason, bool ranOutOfGas)
    : ChainException(
        $"transaction {receipt.TransactionHash} failed in block {receipt.BlockNumber}: "
        + (ranOutOfGas ? $"it used all its gas ({receipt.GasUsed})" : reason?.Description ?? "reverted"))
{
    /// <summary>Its receipt.</summary>
    public TransactionReceipt Receipt { get; } = receipt;

    /// <summary>What the contract said, or null.</summary>
    public RevertReason? Reason { get; } = reason;

    /// <summary>Whether it used all its gas.</summary>
    public bool RanOutOfGas { get; } = ranOutOfGas;
}

/// <summary>Another transaction of the account has the same number, made elsewhere with the same key. Nothing is sent in its place by itself.</summary>
/// <param name="nonce">The number.</param>
/// <param name="hash">The transaction that cannot be taken any more.</param>
public sealed class NonceTakenException(ulong nonce, Bytes32 hash)
    : ChainException($"another transaction of the account has the number {nonce}; {hash} was not taken")
{
    /// <summary>The number.</summary>
    public ulong Nonce { get; } = nonce;
}

/// <summary>The fees would be above what the caller pays.</summary>
/// <param name="fees">What they would be.</param>
/// <param name="maximum">The caller's limit.</param>
public sealed class FeeTooHighException(FeeQuote fees, System.Numerics.BigInteger maximum)
    : ChainException($"a fee of {fees.MaximumFee} wei for each gas is above the limit of {maximum}");

/// <summary>It is not known whether a transaction reached the chain. Waiting for it again, or sending the same bytes again, is safe; signing another is not.</summary>
/// <param name="pending">The transaction.</param>
/// <param name="problem">What happened.</param>
/// <param name="inner">The fault.</param>
public sealed class TransactionUncertainException(PendingTransaction pending, string problem, Exception? inner = null)
    : ChainException($"{problem}; transaction {pending.Latest.Hash} may still be taken into a block", inner)
{
    /// <summary>To be waited for with <see cref="TransactionSender.ConfirmAsync"/>.</summary>
    public PendingTransaction Pending { get; } = pending;
}
