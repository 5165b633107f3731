using System.Numerics;
using VerifiableML.Chain.Rpc;

namespace VerifiableML.Chain.Transactions;

/// <summary>Fees of a transaction of EIP-1559, in wei for each gas.</summary>
/// <param name="MaximumPriorityFee">Most that the block's maker gets.</param>
/// <param name="MaximumFee">Most altogether.</param>
public sealed record FeeQuote(BigInteger MaximumPriorityFee, BigInteger MaximumFee)
{
    private const int Blocks = 20;

    // Where recent blocks were empty, or their makers got nothing: 0.1 gwei.
    private static readonly BigInteger FallbackPriorityFee = 100_000_000;

    /// <summary>
    /// The median of the median priority fees of twenty blocks (zeros aside), and twice the next base fee on top: the base fee grows by at most an eighth a
    /// block, so the quote lasts for five full blocks.
    /// </summary>
    public static async Task<FeeQuote> EstimateAsync(EthereumNode node, CancellationToken cancellation = default)
    {
        FeeHistory history = await node.FeeHistoryAsync(Blocks, cancellation).ConfigureAwait(false);
        BigInteger[] paid = [.. history.PriorityFees.Where(fee => !fee.IsZero).Order()];
        BigInteger priority = paid.Length == 0 ? FallbackPriorityFee : paid[paid.Length / 2];
        return new FeeQuote(priority, (2 * history.NextBaseFee) + priority);
    }

    /// <summary>Both an eighth higher, rounded up, which is above the tenth that nodes ask of a replacement; and not below the fees of now.</summary>
    internal FeeQuote RaisedTo(FeeQuote now)
    {
        BigInteger priority = BigInteger.Max(Raise(MaximumPriorityFee), now.MaximumPriorityFee);
        BigInteger maximum = BigInteger.Max(Raise(MaximumFee), now.MaximumFee);
        return new FeeQuote(priority, BigInteger.Max(priority, maximum));
    }

    private static BigInteger Raise(BigInteger fee) => ((fee * 9) / 8) + 1;
}
