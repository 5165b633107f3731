using System.Numerics;
using Nethereum.Contracts.Services;
using Nethereum.Hex.HexTypes;
using Nethereum.RPC.Eth.DTOs;
using Nethereum.RPC.TransactionManagers;
using VerifiableML.Chain;
using VerifiableML.Chain.Abi;
using VerifiableML.Chain.Rpc;
using VerifiableML.Chain.Transactions;
using TransactionReceipt = VerifiableML.Chain.Rpc.TransactionReceipt;

namespace VerifiableML.Nethereum;

/// <summary>
/// Sends through Nethereum's transaction manager: its account signs, gives out numbers and pays its fees. A call that would revert is not sent, and its error is named. What
/// <see cref="TransactionSender"/> promises about faults and displaced blocks is not promised here.
/// </summary>
internal sealed class ContractTransactions(IEthApiContractService eth)
{
    private const int GasMarginPercent = 10;

    public EthereumNode Node { get; } = new(new NethereumRpcClient(eth.Client));

    /// <summary>The account that sends.</summary>
    /// <exception cref="ChainException">There is none.</exception>
    public Address Sender => Address.TryParse(eth.TransactionManager.Account?.Address, out Address address)
        ? address
        : throw new ChainException("there is no account to send from: give Web3 an account");

    public async Task<Bytes32> SendAsync(TransactionRequest request)
    {
        TransactionInput input = await InputAsync(request).ConfigureAwait(false);
        string sent = await eth.TransactionManager.SendTransactionAsync(input).ConfigureAwait(false);
        return Bytes32.TryParse(sent, out Bytes32 hash) ? hash : throw new ChainException("the node answered without the hash of a transaction");
    }

    public async Task<TransactionReceipt> SendAndWaitAsync(TransactionRequest request, CancellationToken cancellation)
    {
        TransactionInput input = await InputAsync(request).ConfigureAwait(false);
        ITransactionManager manager = eth.TransactionManager;
        string hash = (await manager.SendTransactionAndWaitForReceiptAsync(input, cancellation).ConfigureAwait(false)).TransactionHash;
        TransactionReceipt? receipt = Bytes32.TryParse(hash, out Bytes32 transaction)
            ? await Node.ReceiptAsync(transaction, cancellation).ConfigureAwait(false)
            : null;
        return receipt switch
        {
            { Succeeded: true } => receipt,
            { } failed => throw new TransactionFailedException(failed, null, failed.GasUsed == (ulong)input.Gas.Value),
            null => throw new ChainException($"the receipt of transaction {transaction} is gone: its block was displaced"),
        };
    }

    private async Task<TransactionInput> InputAsync(TransactionRequest request)
    {
        try
        {
            ulong gas = await Node.EstimateGasAsync(new CallRequest(Sender, request.To, request.Data, request.Value)).ConfigureAwait(false);
            return new TransactionInput
            {
                Data = Hex.Data(request.Data.Span),
                To = request.To?.ToString(),
                From = Sender.ToString(),
                Gas = new HexBigInteger((BigInteger)gas * (100 + GasMarginPercent) / 100),
                Value = new HexBigInteger(request.Value),
            };
        }
        catch (RpcErrorException error) when (Reverts.Read(error, request.Errors) is { } reason)
        {
            throw new CallRevertedException(reason);
        }
    }
}
