namespace VerifiableML.Chain.Transactions;

/// <summary>What happened to a transaction.</summary>
public enum TransactionStage
{
    /// <summary>Signed; it is sent next. From here on it may be taken into a block, whatever else happens.</summary>
    Signed,

    /// <summary>A node has it.</summary>
    Submitted,

    /// <summary>The same bytes were sent again.</summary>
    SentAgain,

    /// <summary>Signed again under the same number with higher fees; only one of the two can ever count.</summary>
    FeesRaised,

    /// <summary>It is in a block.</summary>
    Included,

    /// <summary>The block that it was in is no longer on the chain.</summary>
    Displaced,

    /// <summary>Enough blocks stand on its own.</summary>
    Confirmed,
}

/// <summary>A step of a transaction.</summary>
/// <param name="Stage">What happened.</param>
/// <param name="Hash">The transaction.</param>
/// <param name="Receipt">Its receipt, where it is in a block.</param>
public sealed record TransactionEvent(TransactionStage Stage, Bytes32 Hash, Rpc.TransactionReceipt? Receipt = null);
