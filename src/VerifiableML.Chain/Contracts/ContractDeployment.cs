using System.Collections.Immutable;
using VerifiableML.Chain.Abi;
using VerifiableML.Chain.Rpc;
using VerifiableML.Chain.Transactions;

namespace VerifiableML.Chain.Contracts;

/// <summary>A contract that was created.</summary>
/// <param name="Address">Where.</param>
/// <param name="Receipt">By what transaction.</param>
public sealed record ContractDeployment(Address Address, TransactionReceipt Receipt)
{
    /// <summary>Creates a contract and waits until it is there.</summary>
    /// <param name="sender">Who pays.</param>
    /// <param name="creationCode">The compiler's bytecode, and behind it the constructor's arguments, if any.</param>
    /// <param name="progress">Is told of each step.</param>
    /// <param name="errors">Errors by which a constructor's reverts are named.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <exception cref="ChainException">As <see cref="TransactionSender.SendAsync"/>; or no code is where the contract should be.</exception>
    public static async Task<ContractDeployment> CreateAsync(
        TransactionSender sender, ReadOnlyMemory<byte> creationCode, IProgress<TransactionEvent>? progress = null,
        ImmutableArray<ContractError> errors = default, CancellationToken cancellation = default)
    {
        var request = new TransactionRequest(null, creationCode) { Errors = errors.IsDefault ? [] : errors };
        PendingTransaction pending = await sender.SubmitAsync(request, progress, cancellation).ConfigureAwait(false);
        TransactionReceipt receipt = await sender.ConfirmAsync(pending, progress, cancellation).ConfigureAwait(false);

        // Computed here: the node is not asked where it is.
        var address = Address.OfContract(sender.Address, pending.Nonce);
        byte[] code = await sender.Node.CodeAsync(address, cancellation).ConfigureAwait(false);
        return code.Length > 0 ? new ContractDeployment(address, receipt) : throw new ChainException($"no code at {address} after its creation");
    }
}
