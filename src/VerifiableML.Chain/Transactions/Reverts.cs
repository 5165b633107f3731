using System.Collections.Immutable;
using VerifiableML.Chain.Abi;
using VerifiableML.Chain.Rpc;
using VerifiableML.Chain.Signing;

namespace VerifiableML.Chain.Transactions;

/// <summary>Finds out why a call reverts.</summary>
public static class Reverts
{
    // The code that geth introduced for reverted calls, which others follow.
    private const long RevertCode = 3;

    /// <summary>What a contract said in a node's error, or null where the error is not about a revert.</summary>
    public static RevertReason? Read(RpcErrorException error, ImmutableArray<ContractError> errors) => error switch
    {
        { RevertData: { } data } => RevertReason.Read(data, errors),
        { Code: RevertCode } => RevertReason.Read(default, errors),
        _ when error.NodeMessage.Contains("execution reverted", StringComparison.OrdinalIgnoreCase) => RevertReason.Read(default, errors),
        _ => null,
    };

    /// <summary>
    /// Why a transaction failed. A receipt does not say it, so the call is tried again on the state before its block, with the same gas; transactions before it in the same block
    /// may have made a difference.
    /// </summary>
    internal static async Task<TransactionFailedException> ExplainAsync(
        EthereumNode node, SignedTransaction signed, TransactionReceipt receipt, ImmutableArray<ContractError> errors, CancellationToken cancellation)
    {
        FeeMarketTransaction transaction = signed.Transaction;
        RevertReason? reason = null;
        try
        {
            var call = new CallRequest(signed.From, transaction.To, transaction.Data, transaction.Value, transaction.GasLimit);
            await node.CallAsync(call, receipt.BlockNumber - 1, cancellation).ConfigureAwait(false);
        }
        catch (RpcErrorException error)
        {
            reason = Read(error, errors);
        }
        catch (RpcFaultException)
        {
            // The failure is known without its reason.
        }

        bool ranOutOfGas = receipt.GasUsed == transaction.GasLimit && reason is null or { Data.IsEmpty: true };
        return new TransactionFailedException(receipt, ranOutOfGas ? null : reason, ranOutOfGas);
    }
}
