using VerifiableML.Chain.Rpc;
using VerifiableML.Chain.Signing;

namespace VerifiableML.Chain.Transactions;

/// <summary>What a node said to signed bytes.</summary>
internal enum SubmissionOutcome
{
    /// <summary>It has them, now or already.</summary>
    Accepted,

    /// <summary>The number is used, by another transaction.</summary>
    NonceTaken,

    /// <summary>The fees are below the pool's least.</summary>
    Underpriced,

    /// <summary>Another transaction waits under the number, and the fees are not far enough above its.</summary>
    ReplacementUnderpriced,
}

/// <summary>Sends signed bytes until a node has said yes or no. The bytes never change here, so sending them twice does no harm.</summary>
internal static class Submission
{
    /// <summary>Nodes have no codes for these: the words are those of geth, which Erigon, Nethermind, Besu, Reth and anvil follow in substance.</summary>
    private static readonly string[] AlreadyKnown = ["already known", "already imported", "known transaction", "alreadyknown"];

    /// <summary>Sends the latest form.</summary>
    /// <exception cref="RpcErrorException">A refusal for another reason.</exception>
    /// <exception cref="RpcFaultException">No answer at the last attempt.</exception>
    public static async Task<SubmissionOutcome> SendAsync(EthereumNode node, PendingTransaction pending, CancellationToken cancellation)
    {
        SignedTransaction transaction = pending.Latest;
        for (int attempt = 1; ; attempt++)
        {
            // Until there is an answer, even where the caller stops waiting for one.
            bool mayHaveArrived = pending.MayHaveArrived;
            pending.MayHaveArrived = true;
            try
            {
                await node.SendOnceAsync(transaction.Raw, cancellation).ConfigureAwait(false);
                return SubmissionOutcome.Accepted;
            }
            catch (ChainException fault) when (attempt < node.Options.Attempts && TransientFaults.IsTransient(fault))
            {
                await Task.Delay(node.Options.PauseAfter(attempt), cancellation).ConfigureAwait(false);
            }
            catch (RpcErrorException error)
            {
                SubmissionOutcome? outcome = Read(error.NodeMessage);
                pending.MayHaveArrived = mayHaveArrived || outcome == SubmissionOutcome.Accepted;

                // The bytes may be in a block by now, sent by an attempt whose answer was lost.
                if (outcome == SubmissionOutcome.NonceTaken && await node.KnowsTransactionAsync(transaction.Hash, cancellation).ConfigureAwait(false))
                {
                    return SubmissionOutcome.Accepted;
                }

                if (outcome is null)
                {
                    throw;
                }

                return outcome.Value;
            }
        }
    }

    private static SubmissionOutcome? Read(string message)
    {
        bool Says(string words) => message.Contains(words, StringComparison.OrdinalIgnoreCase);
        if (AlreadyKnown.Any(Says))
        {
            return SubmissionOutcome.Accepted;
        }

        if (Says("nonce too low") || Says("nonce is too low"))
        {
            return SubmissionOutcome.NonceTaken;
        }

        if (!Says("underpriced"))
        {
            return null;
        }

        return Says("replacement") ? SubmissionOutcome.ReplacementUnderpriced : SubmissionOutcome.Underpriced;
    }
}
