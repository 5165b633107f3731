using System.Collections.Immutable;
using System.Numerics;
using VerifiableML.Chain.Abi;
using VerifiableML.Chain.Rpc;
using VerifiableML.Chain.Transactions;

namespace VerifiableML.Chain.Contracts;

/// <summary>A token that is lent: what is needed of ERC-20, and the creation of the local chain's <c>DemoCoin</c>.</summary>
/// <param name="node">A node.</param>
/// <param name="address">Where the contract is.</param>
public sealed class AssetClient(EthereumNode node, Address address)
{
    private readonly ContractCall _call = new(node, address, "a token", Errors);

    /// <summary>The errors of <c>DemoCoin</c>; other tokens have others.</summary>
    public static ImmutableArray<ContractError> Errors { get; } =
    [
        new("BalanceTooSmall(uint256 balance, uint256 amount)"),
        new("AllowanceTooSmall(uint256 allowance, uint256 amount)"),
    ];

    /// <summary>Where the contract is.</summary>
    public Address Address { get; } = address;

    /// <summary>What creates a <c>DemoCoin</c>.</summary>
    /// <param name="bytecode">The compiler's creation code.</param>
    /// <param name="decimals">Its decimals.</param>
    public static byte[] EncodeDemoCoinCreation(ReadOnlySpan<byte> bytecode, byte decimals) =>
        [.. bytecode, .. new AbiArguments().Add(new BigInteger(decimals)).ToArray()];

    /// <summary>Makes coins from nothing, which only a <c>DemoCoin</c> lets one do.</summary>
    public Task<TransactionReceipt> MintAsync(TransactionSender sender, Address to, BigInteger amount, CancellationToken cancellation = default) =>
        SendAsync(sender, new AbiArguments().Add(to).Add(amount).ToCall("mint(address,uint256)"), cancellation);

    /// <summary>Lets a contract take an amount of the sender's tokens.</summary>
    public Task<TransactionReceipt> ApproveAsync(TransactionSender sender, Address spender, BigInteger amount, CancellationToken cancellation = default) =>
        SendAsync(sender, new AbiArguments().Add(spender).Add(amount).ToCall("approve(address,uint256)"), cancellation);

    /// <summary>Sends tokens.</summary>
    public Task<TransactionReceipt> TransferAsync(TransactionSender sender, Address to, BigInteger amount, CancellationToken cancellation = default) =>
        SendAsync(sender, new AbiArguments().Add(to).Add(amount).ToCall("transfer(address,uint256)"), cancellation);

    /// <summary>What an account has, in the smallest unit.</summary>
    public Task<BigInteger> BalanceAsync(Address account, CancellationToken cancellation = default) =>
        _call.NumberAsync(new AbiArguments().Add(account).ToCall("balanceOf(address)"), cancellation);

    /// <summary>Decimals of one unit.</summary>
    public Task<BigInteger> DecimalsAsync(CancellationToken cancellation = default) => _call.NumberAsync(new AbiArguments().ToCall("decimals()"), cancellation);

    private Task<TransactionReceipt> SendAsync(TransactionSender sender, byte[] call, CancellationToken cancellation) =>
        sender.SendAsync(new TransactionRequest(Address, call) { Errors = Errors }, null, cancellation);
}
