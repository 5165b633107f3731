using System.Diagnostics;
using VerifiableML.Chain.Rpc;
using VerifiableML.Chain.Signing;

namespace VerifiableML.Chain.Transactions;

/// <summary>Waits for one transaction. Looks at the chain again and again; each look starts from nothing but the signed forms, so that a displaced block needs no undoing.</summary>
internal sealed class Confirmation(TransactionSender sender, PendingTransaction pending, IProgress<TransactionEvent>? progress)
{
    // The nodes behind one address may differ by a block: one may count a transaction before another one has its receipt.
    private const int LooksBeforeGivingUp = 3;

    private readonly long _started = Stopwatch.GetTimestamp();
    private long _sent = Stopwatch.GetTimestamp();
    private long _raised = Stopwatch.GetTimestamp();
    private int _raises;
    private int _looksWithoutReceipt;
    private TransactionReceipt? _seen;

    private EthereumNode Node => sender.Node;

    /// <summary>The form that was taken, and its receipt.</summary>
    public async Task<(SignedTransaction Version, TransactionReceipt Receipt)> WaitAsync(CancellationToken cancellation)
    {
        Exception? last = null;
        while (Stopwatch.GetElapsedTime(_started) < sender.Options.Patience)
        {
            try
            {
                if (await LookAsync(cancellation).ConfigureAwait(false) is { } done)
                {
                    return done;
                }
            }
            catch (Exception fault) when (fault is RpcFaultException or TransactionUncertainException or RpcErrorException { IsTransient: true })
            {
                // Waiting outlives a node that is away.
                last = fault;
            }

            await Task.Delay(sender.Options.PollInterval, cancellation).ConfigureAwait(false);
        }

        throw new TransactionUncertainException(pending, $"not confirmed within {sender.Options.Patience.TotalSeconds} s", last);
    }

    private async Task<(SignedTransaction Version, TransactionReceipt Receipt)?> LookAsync(CancellationToken cancellation)
    {
        foreach (SignedTransaction version in pending.Versions.Reverse())
        {
            if (await Node.ReceiptAsync(version.Hash, cancellation).ConfigureAwait(false) is { } receipt)
            {
                _looksWithoutReceipt = 0;
                Note(receipt);
                return await IsConfirmedAsync(receipt, cancellation).ConfigureAwait(false) ? (version, receipt) : null;
            }
        }

        bool wasDisplaced = _seen is not null;
        Note(null);
        await CareAsync(wasDisplaced, cancellation).ConfigureAwait(false);
        return null;
    }

    /// <summary>Enough blocks, and the block of the receipt is the one that the chain has at its height.</summary>
    private async Task<bool> IsConfirmedAsync(TransactionReceipt receipt, CancellationToken cancellation)
    {
        ulong newest = await Node.BlockNumberAsync(cancellation).ConfigureAwait(false);
        if (newest + 1 < receipt.BlockNumber + (ulong)sender.Options.Confirmations)
        {
            return false;
        }

        BlockHeader? block = await Node.BlockAsync(receipt.BlockNumber, cancellation).ConfigureAwait(false);
        return block?.Hash == receipt.BlockHash;
    }

    private void Note(TransactionReceipt? receipt)
    {
        if (_seen is not null && _seen.BlockHash != receipt?.BlockHash)
        {
            progress?.Report(new TransactionEvent(TransactionStage.Displaced, _seen.TransactionHash, _seen));
            _seen = null;
        }

        if (_seen is null && receipt is not null)
        {
            progress?.Report(new TransactionEvent(TransactionStage.Included, receipt.TransactionHash, receipt));
        }

        _seen = receipt;
    }

    /// <summary>No block has it: send the same bytes again after a while, raise the fees after a longer one, and find out whether it can be taken at all.</summary>
    private async Task CareAsync(bool wasDisplaced, CancellationToken cancellation)
    {
        if (await Node.NonceAsync(sender.Address, isPending: false, cancellation).ConfigureAwait(false) > pending.Nonce)
        {
            if (++_looksWithoutReceipt == LooksBeforeGivingUp)
            {
                throw new NonceTakenException(pending.Nonce, pending.Latest.Hash);
            }

            return;
        }

        _looksWithoutReceipt = 0;
        bool mustSend = wasDisplaced;
        if (_raises < sender.Options.MaximumRaises && Stopwatch.GetElapsedTime(_raised) >= sender.Options.RaiseAfter)
        {
            (_raised, _raises) = (Stopwatch.GetTimestamp(), _raises + 1);
            try
            {
                await sender.RaiseAsync(pending, progress, cancellation).ConfigureAwait(false);
                mustSend = true;
            }
            catch (FeeTooHighException)
            {
                // It waits with the fees that it has.
            }
        }

        if (mustSend || Stopwatch.GetElapsedTime(_sent) >= sender.Options.ResendAfter)
        {
            _sent = Stopwatch.GetTimestamp();
            await sender.DeliverAsync(pending, TransactionStage.SentAgain, progress, cancellation).ConfigureAwait(false);
        }
    }
}
