using System.Collections.Immutable;
using System.Numerics;
using VerifiableML.Chain.Abi;
using VerifiableML.Chain.Encoding;
using VerifiableML.Chain.Rpc;
using VerifiableML.Chain.Transactions;

namespace VerifiableML.Chain.Contracts;

/// <summary>What the proof for a loan has to be about, as the guard saw it when it was asked.</summary>
/// <param name="Input">The model's input: the feed's features, then the margin that the guard computed. One byte each in two's complement.</param>
/// <param name="Nonce">The number to make the proof for.</param>
public sealed record LoanRequest(ReadOnlyMemory<byte> Input, ulong Nonce)
{
    /// <summary>The integers of the model's input.</summary>
    public int[] Integers => [.. Input.ToArray().Select(value => (int)(sbyte)value)];
}

/// <summary>A borrower's account with a guard, in the asset's smallest unit, at the feed's price.</summary>
/// <param name="Debt">What is owed.</param>
/// <param name="BorrowLimit">What may be owed by borrowing.</param>
/// <param name="LiquidationLimit">Above this, the loan can be liquidated.</param>
public sealed record LoanStanding(BigInteger Debt, BigInteger BorrowLimit, BigInteger LiquidationLimit);

/// <summary>The contract <c>LendingGuard</c>. Amounts are in the asset's smallest unit, collateral in wei.</summary>
/// <param name="node">A node.</param>
/// <param name="address">Where the contract is.</param>
public sealed class LendingGuardClient(EthereumNode node, Address address)
{
    private readonly ContractCall _call = new(node, address, "a lending guard", Errors);

    /// <summary>The errors that it reverts with: its own, the verifier's, and the registry's at its creation.</summary>
    public static ImmutableArray<ContractError> Errors { get; } =
    [
        new("TermsInconsistent()"),
        new("AssetDecimals(uint256 actual)"),
        new("ModelNotPublic()"),
        new("ModelInput(uint256 count, uint256 bytesOfValue)"),
        new("ModelOutput(uint256 count)"),
        new("ModelScale(uint256 scale)"),
        new("MarketStale(uint256 updatedAt)"),
        new("MarketPrice(uint256 price)"),
        new("MarketFeatures(uint256 expected, uint256 actual)"),
        new("AmountZero()"),
        new("CollateralTooSmall(uint256 debt, uint256 amount, uint256 limit)"),
        new("RiskTooGreat(int256 risk, int256 greatest)"),
        new("DebtExceeded(uint256 amount, uint256 debt)"),
        new("DebtOutstanding(uint256 debt)"),
        new("CollateralExceeded(uint256 amount, uint256 collateral)"),
        new("LoanHealthy(uint256 debt, uint256 limit)"),
        new("NotLender(address caller)"),
        new("TransferFailed()"),
        new("MetadataMalformed()"),
        .. InferenceVerifierClient.Errors,
        .. ModelRegistryClient.Errors,
    ];

    /// <summary>Where the contract is.</summary>
    public Address Address { get; } = address;

    /// <summary>What creates a guard.</summary>
    /// <param name="bytecode">The compiler's creation code.</param>
    /// <param name="verifier">The verifier of proofs.</param>
    /// <param name="registry">The registry that has the model.</param>
    /// <param name="modelId">The model.</param>
    /// <param name="feed">The feed.</param>
    /// <param name="asset">What is lent.</param>
    /// <param name="terms">The terms.</param>
    /// <param name="acceptsInsecureSetup">True only for development: then anyone can forge proofs.</param>
    public static byte[] EncodeCreation(
        ReadOnlySpan<byte> bytecode, Address verifier, Address registry, Bytes32 modelId, Address feed, Address asset, LoanTerms terms,
        bool acceptsInsecureSetup)
    {
        AbiArguments arguments = new AbiArguments().Add(verifier).Add(registry).Add(modelId).Add(feed).Add(asset);
        return [.. bytecode, .. terms.AddTo(arguments).Add(acceptsInsecureSetup).ToArray()];
    }

    /// <summary>The calldata of a loan.</summary>
    public static byte[] EncodeBorrow(BigInteger amount, ReadOnlySpan<byte> output, ReadOnlySpan<byte> proof) =>
        new AbiArguments().Add(amount).Add(output).Add(proof).ToCall("borrow(uint256,bytes,bytes)");

    /// <summary>What to prove for a loan. It holds until the feed reports again or the borrower's position changes.</summary>
    /// <exception cref="CallRevertedException">No proof would help: the reason is named.</exception>
    public async Task<LoanRequest> RequestAsync(Address borrower, BigInteger amount, CancellationToken cancellation = default)
    {
        byte[] returned = await _call.ReadAsync(
            new AbiArguments().Add(borrower).Add(amount).ToCall("request(address,uint256)"), cancellation).ConfigureAwait(false);
        var reader = new AbiReader(returned);
        return reader.TryBytes(0, out byte[]? input) && reader.TryNumber(1, out BigInteger nonce) && nonce <= ulong.MaxValue
            ? new LoanRequest(input, (ulong)nonce)
            : throw _call.Unexpected();
    }

    /// <summary>The request that a proof for this guard is bound to; its hash is the context to prove with.</summary>
    public RequestContext Context(ulong chainId, Address borrower, LoanRequest request) => new(chainId, Address.ToArray(), borrower.ToArray(), request.Nonce);

    /// <summary>Has the node try a loan, without a transaction.</summary>
    /// <returns>Null where it would be granted, otherwise why not.</returns>
    /// <exception cref="ChainException">There is no contract, or the node did not answer.</exception>
    public async Task<RevertReason?> CheckAsync(
        Address borrower, BigInteger amount, ReadOnlyMemory<byte> output, ReadOnlyMemory<byte> proof, CancellationToken cancellation = default)
    {
        // An account without code "accepts" everything.
        if ((await node.CodeAsync(Address, cancellation).ConfigureAwait(false)).Length == 0)
        {
            throw new ChainException($"there is no contract at {Address}");
        }

        try
        {
            await node.CallAsync(new CallRequest(borrower, Address, EncodeBorrow(amount, output.Span, proof.Span)), null, cancellation).ConfigureAwait(false);
            return null;
        }
        catch (RpcErrorException error) when (Reverts.Read(error, Errors) is { } reason)
        {
            return reason;
        }
    }

    /// <summary>Adds to the sender's collateral.</summary>
    /// <param name="sender">The borrower.</param>
    /// <param name="wei">How much.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    public Task<TransactionReceipt> DepositAsync(TransactionSender sender, BigInteger wei, CancellationToken cancellation = default) =>
        sender.SendAsync(new TransactionRequest(Address, new AbiArguments().ToCall("deposit()")) { Value = wei, Errors = Errors }, null, cancellation);

    /// <summary>Borrows.</summary>
    /// <param name="sender">The borrower, whom the proof was made for.</param>
    /// <param name="amount">How much.</param>
    /// <param name="output">The model's output, as <see cref="PublicData.Output"/> writes it.</param>
    /// <param name="proof">As <see cref="ProofCalldata.Encode"/> writes it.</param>
    /// <param name="progress">Is told of each step.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <exception cref="ChainException">As <see cref="TransactionSender.SendAsync"/>; refusals are named.</exception>
    public async Task<(LoanGranted Loan, TransactionReceipt Receipt)> BorrowAsync(
        TransactionSender sender, BigInteger amount, ReadOnlyMemory<byte> output, ReadOnlyMemory<byte> proof, IProgress<TransactionEvent>? progress = null,
        CancellationToken cancellation = default)
    {
        TransactionReceipt receipt = await sender.SendAsync(
            new TransactionRequest(Address, EncodeBorrow(amount, output.Span, proof.Span)) { Errors = Errors }, progress, cancellation).ConfigureAwait(false);
        return (_call.Event(receipt, LoanGranted.Read), receipt);
    }

    /// <summary>Pays back; the guard must have been allowed to take the amount (<see cref="AssetClient.ApproveAsync"/>).</summary>
    public async Task<(LoanRepaid Repayment, TransactionReceipt Receipt)> RepayAsync(
        TransactionSender sender, BigInteger amount, CancellationToken cancellation = default)
    {
        TransactionReceipt receipt = await SendAsync(sender, new AbiArguments().Add(amount).ToCall("repay(uint256)"), cancellation).ConfigureAwait(false);
        return (_call.Event(receipt, LoanRepaid.Read), receipt);
    }

    /// <summary>Takes back collateral once nothing is owed.</summary>
    public Task<TransactionReceipt> WithdrawAsync(TransactionSender sender, BigInteger wei, CancellationToken cancellation = default) =>
        SendAsync(sender, new AbiArguments().Add(wei).ToCall("withdraw(uint256)"), cancellation);

    /// <summary>Pays a part of a debt that is above its limit, for collateral; the guard must have been allowed to take the amount.</summary>
    public async Task<(LoanLiquidated Liquidation, TransactionReceipt Receipt)> LiquidateAsync(
        TransactionSender sender, Address borrower, BigInteger amount, CancellationToken cancellation = default)
    {
        byte[] call = new AbiArguments().Add(borrower).Add(amount).ToCall("liquidate(address,uint256)");
        TransactionReceipt receipt = await SendAsync(sender, call, cancellation).ConfigureAwait(false);
        return (_call.Event(receipt, LoanLiquidated.Read), receipt);
    }

    /// <summary>The lender takes back what is not lent.</summary>
    public Task<TransactionReceipt> ReclaimAsync(TransactionSender sender, BigInteger amount, CancellationToken cancellation = default) =>
        SendAsync(sender, new AbiArguments().Add(amount).ToCall("reclaim(uint256)"), cancellation);

    /// <summary>Debt and limits of a borrower.</summary>
    /// <exception cref="CallRevertedException">The feed's report is too old.</exception>
    public async Task<LoanStanding> StandingAsync(Address borrower, CancellationToken cancellation = default)
    {
        byte[] returned = await _call.ReadAsync(new AbiArguments().Add(borrower).ToCall("standing(address)"), cancellation).ConfigureAwait(false);
        var reader = new AbiReader(returned);
        return reader.TryNumber(0, out BigInteger debt) && reader.TryNumber(1, out BigInteger borrow) && reader.TryNumber(2, out BigInteger liquidation)
            ? new LoanStanding(debt, borrow, liquidation)
            : throw _call.Unexpected();
    }

    /// <summary>A borrower's collateral in wei.</summary>
    public Task<BigInteger> CollateralAsync(Address borrower, CancellationToken cancellation = default) =>
        _call.NumberAsync(new AbiArguments().Add(borrower).ToCall("collateral(address)"), cancellation);

    /// <summary>What a borrower owes, whatever the feed says.</summary>
    public Task<BigInteger> DebtAsync(Address borrower, CancellationToken cancellation = default) =>
        _call.NumberAsync(new AbiArguments().Add(borrower).ToCall("debt(address)"), cancellation);

    /// <summary>The number of a borrower's next loan.</summary>
    public Task<BigInteger> NonceAsync(Address borrower, CancellationToken cancellation = default) =>
        _call.NumberAsync(new AbiArguments().Add(borrower).ToCall("nonces(address)"), cancellation);

    /// <summary>Real value of one step of the model's output, with 18 decimals, as the registry's metadata say.</summary>
    public Task<BigInteger> OutputScaleAsync(CancellationToken cancellation = default) =>
        _call.NumberAsync(new AbiArguments().ToCall("outputScale()"), cancellation);

    /// <summary>The risk up to which loans are granted; 18 decimals.</summary>
    public Task<BigInteger> GreatestRiskAsync(CancellationToken cancellation = default) =>
        _call.SignedAsync(new AbiArguments().ToCall("greatestRisk()"), cancellation);

    private Task<TransactionReceipt> SendAsync(TransactionSender sender, byte[] call, CancellationToken cancellation) =>
        sender.SendAsync(new TransactionRequest(Address, call) { Errors = Errors }, null, cancellation);
}
