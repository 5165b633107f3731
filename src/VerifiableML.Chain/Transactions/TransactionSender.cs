using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Numerics;
using VerifiableML.Chain.Abi;
using VerifiableML.Chain.Rpc;
using VerifiableML.Chain.Signing;

namespace VerifiableML.Chain.Transactions;

/// <summary>
/// Sends transactions of one account. The policy:
/// <list type="bullet">
/// <item>Nothing is signed for a node of another chain, above the limit of fees, or for a call that would revert.</item>
/// <item>What is to be done is signed under one number of the account and never under a second one; a chain takes at most one transaction of a number, so
/// nothing happens twice, whatever is lost on the way.</item>
/// <item>On faults of the transport the same bytes are sent again; a node that knows them already has accepted them. Where no attempt gets an answer, the caller is told that the outcome
/// is open, and gets what is needed to wait on.</item>
/// <item>Where the fees are too low, or no block takes the transaction for long, it is signed again under the same number with fees an eighth higher.</item>
/// <item>A transaction of someone else with the same key is never replaced, unless the caller gave the number.</item>
/// <item>With a journal, what may be on its way is remembered before it leaves, so that a run that ends early can be taken up again.</item>
/// <item>Done is what stands under enough blocks; a block that is displaced sends everything back to waiting, and the same bytes are sent again.</item>
/// </list>
/// One instance may be used by many threads. Two instances of one account get into each other's way, and say so.
/// </summary>
public sealed class TransactionSender : IDisposable
{
    private readonly PrivateKey _key;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly ConcurrentDictionary<ulong, PendingTransaction> _unconfirmed = new();

    /// <summary>A sender for an account.</summary>
    /// <exception cref="ArgumentException">Options out of their range.</exception>
    public TransactionSender(EthereumNode node, PrivateKey key, SenderOptions options)
    {
        if (options.Confirmations < 1 || options.GasMarginPercent < 0 || options.MaximumRaises < 0)
        {
            throw new ArgumentException("at least one confirmation, and no negative margins", nameof(options));
        }

        (Node, _key, Options) = (node, key, options);
    }

    /// <summary>The node.</summary>
    public EthereumNode Node { get; }

    /// <summary>The account.</summary>
    public Address Address => _key.Address;

    /// <summary>How transactions are sent.</summary>
    public SenderOptions Options { get; }

    /// <summary>
    /// The transactions that a run before this one left behind in the journal, to be waited for with <see cref="ConfirmAsync"/>. Their numbers are not given out again.
    /// </summary>
    /// <param name="errors">Errors by which reverts are named.</param>
    /// <exception cref="ChainException">A file of the journal is damaged; the message names it.</exception>
    public ImmutableArray<PendingTransaction> Resume(ImmutableArray<ContractError> errors = default)
    {
        ImmutableArray<PendingTransaction> left = Options.Journal?.Read(Options.ChainId, _key, errors.IsDefault ? [] : errors) ?? [];
        foreach (PendingTransaction pending in left)
        {
            _unconfirmed[pending.Nonce] = pending;
        }

        return left;
    }

    /// <summary>Sends a transaction and waits until it is done.</summary>
    /// <param name="request">What to do.</param>
    /// <param name="progress">Is told of each step.</param>
    /// <param name="cancellation">Ends the waiting; a transaction that was signed may still be taken into a block.</param>
    /// <returns>The receipt of the transaction, which has succeeded.</returns>
    /// <exception cref="ChainException">See <see cref="SubmitAsync"/> and <see cref="ConfirmAsync"/>.</exception>
    public async Task<TransactionReceipt> SendAsync(
        TransactionRequest request, IProgress<TransactionEvent>? progress = null, CancellationToken cancellation = default)
    {
        PendingTransaction pending = await SubmitAsync(request, progress, cancellation).ConfigureAwait(false);
        return await ConfirmAsync(pending, progress, cancellation).ConfigureAwait(false);
    }

    /// <summary>Signs a transaction and hands it to the node, without waiting for a block.</summary>
    /// <exception cref="WrongChainException">The node is of another chain.</exception>
    /// <exception cref="CallRevertedException">The call would revert.</exception>
    /// <exception cref="FeeTooHighException">The fees are above the limit.</exception>
    /// <exception cref="NonceTakenException">The number was taken at the same time by someone else with the same key.</exception>
    /// <exception cref="TransactionUncertainException">No answer to any attempt to send; the transaction is in the exception.</exception>
    /// <exception cref="RpcErrorException">The node refused it, for example for lack of funds.</exception>
    /// <exception cref="RpcFaultException">The node did not answer, and nothing was sent.</exception>
    public async Task<PendingTransaction> SubmitAsync(
        TransactionRequest request, IProgress<TransactionEvent>? progress = null, CancellationToken cancellation = default)
    {
        // One at a time, so that numbers are given out in order and without gaps.
        await _gate.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            await CheckChainAsync(cancellation).ConfigureAwait(false);
            ulong gas = request.GasLimit ?? await EstimateGasAsync(request, cancellation).ConfigureAwait(false);
            FeeQuote fees = Checked(request.Fees ?? await FeeQuote.EstimateAsync(Node, cancellation).ConfigureAwait(false));
            ulong nonce = request.Nonce ?? await NextNonceAsync(progress, cancellation).ConfigureAwait(false);
            var transaction = new FeeMarketTransaction(
                Options.ChainId, nonce, fees.MaximumPriorityFee, fees.MaximumFee, gas, request.To, request.Value, request.Data);
            var pending = new PendingTransaction(transaction.Sign(_key), request.Errors, request.Nonce is not null);
            progress?.Report(new TransactionEvent(TransactionStage.Signed, pending.Latest.Hash));
            _unconfirmed[nonce] = pending;
            Options.Journal?.Write(pending);
            await DeliverAsync(pending, TransactionStage.Submitted, progress, cancellation).ConfigureAwait(false);
            return pending;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Waits until a transaction is done.</summary>
    /// <exception cref="TransactionFailedException">It reverted or ran out of gas, under enough blocks.</exception>
    /// <exception cref="NonceTakenException">Another transaction was taken in its place.</exception>
    /// <exception cref="TransactionUncertainException">It took too long; it may still be taken.</exception>
    public async Task<TransactionReceipt> ConfirmAsync(
        PendingTransaction pending, IProgress<TransactionEvent>? progress = null, CancellationToken cancellation = default)
    {
        SignedTransaction version;
        TransactionReceipt receipt;
        try
        {
            (version, receipt) = await new Confirmation(this, pending, progress).WaitAsync(cancellation).ConfigureAwait(false);
        }
        catch (NonceTakenException)
        {
            Forget(pending);
            throw;
        }

        Forget(pending);
        progress?.Report(new TransactionEvent(TransactionStage.Confirmed, version.Hash, receipt));
        return receipt.Succeeded
            ? receipt
            : throw await Reverts.ExplainAsync(Node, version, receipt, pending.Errors, cancellation).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Dispose() => _gate.Dispose();

    /// <summary>Sends the latest form; raises its fees as long as they are too low.</summary>
    internal async Task DeliverAsync(
        PendingTransaction pending, TransactionStage stage, IProgress<TransactionEvent>? progress, CancellationToken cancellation)
    {
        for (int raises = 0; ; raises++)
        {
            SubmissionOutcome outcome = await AskAsync(pending, cancellation).ConfigureAwait(false);
            if (outcome == SubmissionOutcome.Accepted)
            {
                pending.MayReplace = true;
                progress?.Report(new TransactionEvent(stage, pending.Latest.Hash));
                return;
            }

            bool isForeign = outcome == SubmissionOutcome.ReplacementUnderpriced && !pending.MayReplace;
            if (outcome == SubmissionOutcome.NonceTaken || isForeign)
            {
                throw Refused(pending, new NonceTakenException(pending.Nonce, pending.Latest.Hash));
            }

            if (raises == Options.MaximumRaises)
            {
                throw Refused(pending, new ChainException($"the node finds the fees too low after {raises} raises"));
            }

            try
            {
                await RaiseAsync(pending, progress, cancellation).ConfigureAwait(false);
            }
            catch (FeeTooHighException tooHigh)
            {
                throw Refused(pending, tooHigh);
            }
        }
    }

    /// <summary>Signs again with higher fees.</summary>
    /// <exception cref="FeeTooHighException">They would be above the limit.</exception>
    internal async Task RaiseAsync(PendingTransaction pending, IProgress<TransactionEvent>? progress, CancellationToken cancellation)
    {
        FeeMarketTransaction old = pending.Latest.Transaction;
        FeeQuote now = await FeeQuote.EstimateAsync(Node, cancellation).ConfigureAwait(false);
        FeeQuote fees = Checked(new FeeQuote(old.MaximumPriorityFee, old.MaximumFee).RaisedTo(now));
        pending.Add((old with { MaximumPriorityFee = fees.MaximumPriorityFee, MaximumFee = fees.MaximumFee }).Sign(_key));
        Options.Journal?.Write(pending);
        progress?.Report(new TransactionEvent(TransactionStage.FeesRaised, pending.Latest.Hash));
    }

    private async Task<SubmissionOutcome> AskAsync(PendingTransaction pending, CancellationToken cancellation)
    {
        try
        {
            return await Submission.SendAsync(Node, pending, cancellation).ConfigureAwait(false);
        }
        catch (RpcFaultException fault)
        {
            throw new TransactionUncertainException(pending, "the node did not answer", fault);
        }
        catch (RpcErrorException refusal)
        {
            throw Refused(pending, refusal);
        }
    }

    /// <summary>What to say of a refusal: that alone where no attempt can have arrived, and the number is free again; otherwise that the outcome is open.</summary>
    private ChainException Refused(PendingTransaction pending, ChainException refusal)
    {
        if (pending.MayHaveArrived)
        {
            return new TransactionUncertainException(pending, refusal.Message, refusal);
        }

        Forget(pending);
        return refusal;
    }

    private void Forget(PendingTransaction pending)
    {
        // Another transaction may stand under the number by now, where the caller gave it.
        if (_unconfirmed.TryRemove(new KeyValuePair<ulong, PendingTransaction>(pending.Nonce, pending)))
        {
            Options.Journal?.Remove(pending);
        }
    }

    private FeeQuote Checked(FeeQuote fees) => fees.MaximumFee <= Options.MaximumFee ? fees : throw new FeeTooHighException(fees, Options.MaximumFee);

    private async Task CheckChainAsync(CancellationToken cancellation)
    {
        ulong chain = await Node.ChainIdAsync(cancellation).ConfigureAwait(false);
        if (chain != Options.ChainId)
        {
            throw new WrongChainException(Options.ChainId, chain);
        }
    }

    private async Task<ulong> EstimateGasAsync(TransactionRequest request, CancellationToken cancellation)
    {
        ulong estimate;
        try
        {
            estimate = await Node.EstimateGasAsync(new CallRequest(Address, request.To, request.Data, request.Value), cancellation).ConfigureAwait(false);
        }
        catch (RpcErrorException error) when (Reverts.Read(error, request.Errors) is { } reason)
        {
            throw new CallRevertedException(reason);
        }

        if (estimate > Options.MaximumGas)
        {
            throw new ChainException($"the transaction would take {estimate} gas, more than the limit of {Options.MaximumGas}");
        }

        BigInteger withMargin = (BigInteger)estimate * (100 + Options.GasMarginPercent) / 100;
        return (ulong)BigInteger.Min(withMargin, Options.MaximumGas);
    }

    /// <summary>Behind all that wait in the node's pool and all that were signed here. Those that the pool lost are sent again first, as a gap would hold up all later ones.</summary>
    private async Task<ulong> NextNonceAsync(IProgress<TransactionEvent>? progress, CancellationToken cancellation)
    {
        ulong waiting = await Node.NonceAsync(Address, isPending: true, cancellation).ConfigureAwait(false);
        foreach (PendingTransaction lost in _unconfirmed.Values.Where(pending => pending.Nonce >= waiting).OrderBy(pending => pending.Nonce))
        {
            try
            {
                await DeliverAsync(lost, TransactionStage.SentAgain, progress, cancellation).ConfigureAwait(false);
            }
            catch (TransactionUncertainException)
            {
                // Whoever waits for it finds out.
            }
            catch (NonceTakenException)
            {
                // It was never accepted, and whoever sent it was told that its outcome was open; now it is not.
            }
        }

        return _unconfirmed.Keys.Select(nonce => nonce + 1).Append(waiting).Max();
    }
}
