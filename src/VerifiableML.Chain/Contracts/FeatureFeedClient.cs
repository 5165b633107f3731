using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.InteropServices;
using VerifiableML.Chain.Abi;
using VerifiableML.Chain.Rpc;
using VerifiableML.Chain.Transactions;

namespace VerifiableML.Chain.Contracts;

/// <summary>What a feed says of the market.</summary>
/// <param name="Features">Integers of the model's input, in its order, without those that a consumer computes itself.</param>
/// <param name="Price">Units of the lent asset for one unit of collateral; 18 decimals.</param>
/// <param name="UpdatedAt">Seconds since 1970; 0 if there was no report.</param>
public sealed record MarketReport(ImmutableArray<sbyte> Features, BigInteger Price, ulong UpdatedAt);

/// <summary>The contract <c>FeatureFeed</c>.</summary>
/// <param name="node">A node.</param>
/// <param name="address">Where the contract is.</param>
public sealed class FeatureFeedClient(EthereumNode node, Address address)
{
    private readonly ContractCall _call = new(node, address, "a feed of features", Errors);

    /// <summary>The errors that it reverts with.</summary>
    public static ImmutableArray<ContractError> Errors { get; } =
    [
        new("NotReporter(address caller)"),
        new("PriceOutOfRange(uint256 price)"),
        new("FeatureCount(uint256 actual)"),
    ];

    /// <summary>Where the contract is.</summary>
    public Address Address { get; } = address;

    /// <summary>What creates a feed.</summary>
    /// <param name="bytecode">The compiler's creation code.</param>
    /// <param name="reporter">Who reports.</param>
    public static byte[] EncodeCreation(ReadOnlySpan<byte> bytecode, Address reporter) => [.. bytecode, .. new AbiArguments().Add(reporter).ToArray()];

    /// <summary>The calldata of a report.</summary>
    /// <param name="features">Of the market, one byte each.</param>
    /// <param name="price">18 decimals.</param>
    public static byte[] EncodeReport(ReadOnlySpan<sbyte> features, BigInteger price) =>
        new AbiArguments().Add(MemoryMarshal.AsBytes(features)).Add(price).ToCall("report(bytes,uint256)");

    /// <summary>Reports, as the feed's reporter.</summary>
    /// <exception cref="ChainException">As <see cref="TransactionSender.SendAsync"/>; refusals are named.</exception>
    public Task<TransactionReceipt> ReportAsync(
        TransactionSender sender, ReadOnlyMemory<sbyte> features, BigInteger price, IProgress<TransactionEvent>? progress = null,
        CancellationToken cancellation = default) =>
        sender.SendAsync(new TransactionRequest(Address, EncodeReport(features.Span, price)) { Errors = Errors }, progress, cancellation);

    /// <summary>The newest report.</summary>
    public async Task<MarketReport> LatestAsync(CancellationToken cancellation = default)
    {
        byte[] returned = await _call.ReadAsync(new AbiArguments().ToCall("latest()"), cancellation).ConfigureAwait(false);
        var reader = new AbiReader(returned);
        return reader.TryBytes(0, out byte[]? features) && reader.TryNumber(1, out BigInteger price) && reader.TryNumber(2, out BigInteger time) && time <= ulong.MaxValue
            ? new MarketReport([.. MemoryMarshal.Cast<byte, sbyte>(features)], price, (ulong)time)
            : throw _call.Unexpected();
    }
}
