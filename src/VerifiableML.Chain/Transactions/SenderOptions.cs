using System.Numerics;

namespace VerifiableML.Chain.Transactions;

/// <summary>How transactions are sent and when they count as done.</summary>
/// <param name="ChainId">The chain that is meant; a node of another one is refused before anything is signed.</param>
public sealed record SenderOptions(ulong ChainId)
{
    /// <summary>Blocks from the transaction's own to the newest, both counted, before it counts as done.</summary>
    public int Confirmations { get; init; } = 3;

    /// <summary>Pause between looks at the chain.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>After how long the same bytes are sent again, in case that the pool lost them.</summary>
    public TimeSpan ResendAfter { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>After how long without a block the fees are raised.</summary>
    public TimeSpan RaiseAfter { get; init; } = TimeSpan.FromSeconds(90);

    /// <summary>How often the fees are raised at most.</summary>
    public int MaximumRaises { get; init; } = 8;

    /// <summary>After how long waiting ends. The transaction may still be taken into a block later.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Most wei for each gas; no transaction above it is signed.</summary>
    public BigInteger MaximumFee { get; init; } = 500_000_000_000;

    /// <summary>Percent above the node's estimate that the gas limit is set to: state may change before the block.</summary>
    public int GasMarginPercent { get; init; } = 20;

    /// <summary>Where transactions are remembered across a restart; null for nowhere.</summary>
    public TransactionJournal? Journal { get; init; }

    /// <summary>Most gas of a transaction: 2²⁴, beyond which blocks take none (EIP-7825).</summary>
    public ulong MaximumGas { get; init; } = 1 << 24;
}
