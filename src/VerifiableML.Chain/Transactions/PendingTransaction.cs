using System.Collections.Immutable;
using VerifiableML.Chain.Abi;
using VerifiableML.Chain.Signing;

namespace VerifiableML.Chain.Transactions;

/// <summary>A transaction that was signed and may be taken into a block: its signed forms under one number, of which a chain takes at most one.</summary>
public sealed class PendingTransaction
{
    internal PendingTransaction(SignedTransaction first, ImmutableArray<ContractError> errors, bool mayReplace) =>
        (Versions, Errors, MayReplace) = ([first], errors, mayReplace);

    /// <summary>The account's number.</summary>
    public ulong Nonce => Latest.Transaction.Nonce;

    /// <summary>All signed forms; they differ in fees alone.</summary>
    public ImmutableArray<SignedTransaction> Versions { get; private set; }

    /// <summary>The form that was signed last.</summary>
    public SignedTransaction Latest => Versions[^1];

    internal ImmutableArray<ContractError> Errors { get; }

    /// <summary>Whether what waits in the pool under the same number is this transaction or meant to be replaced by it.</summary>
    internal bool MayReplace { get; set; }

    /// <summary>Whether a node has accepted a form of it, or left an attempt to send one without an answer. If so, its number is never given out again.</summary>
    internal bool MayHaveArrived { get; set; }

    internal void Add(SignedTransaction version) => Versions = Versions.Add(version);
}
