using Nethereum.Contracts.Services;
using VerifiableML.Chain;
using VerifiableML.Chain.Abi;
using VerifiableML.Chain.Contracts;
using VerifiableML.Chain.Rpc;
using VerifiableML.Chain.Transactions;

namespace VerifiableML.Nethereum;

/// <summary>The contract <c>InferenceVerifier</c> for applications that use Nethereum: <c>new InferenceVerifierService(web3.Eth, address)</c>.</summary>
/// <param name="eth">The node, and the account that sends.</param>
/// <param name="address">Where the contract is.</param>
public sealed class InferenceVerifierService(IEthApiContractService eth, Address address)
{
    private readonly ContractTransactions _transactions = new(eth);

    private InferenceVerifierClient Contract => new(_transactions.Node, address);

    /// <summary>Where the contract is.</summary>
    public Address ContractAddress => address;

    /// <summary>Has the node run a verification, without a transaction.</summary>
    /// <param name="consumer">The caller that the proof was made for.</param>
    /// <param name="submission">The proof.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>Null where the contract accepts, otherwise why not.</returns>
    /// <exception cref="ChainException">There is no contract, or the node did not answer.</exception>
    public Task<RevertReason?> VerifyQueryAsync(Address consumer, ProofSubmission submission, CancellationToken cancellation = default) =>
        Contract.CheckAsync(consumer, submission, cancellation);

    /// <summary>Verifies in a transaction of the account, which is then the consumer; consumers call the verifier themselves.</summary>
    /// <returns>The transaction's hash.</returns>
    /// <exception cref="CallRevertedException">The contract would refuse; nothing was sent.</exception>
    public Task<Bytes32> VerifyRequestAsync(ProofSubmission submission) => _transactions.SendAsync(Contract.Request(submission));

    /// <summary>As <see cref="VerifyRequestAsync"/>, and waits for the receipt.</summary>
    /// <exception cref="CallRevertedException">The contract would refuse; nothing was sent.</exception>
    /// <exception cref="TransactionFailedException">The transaction failed in its block.</exception>
    public Task<TransactionReceipt> VerifyRequestAndWaitForReceiptAsync(ProofSubmission submission, CancellationToken cancellation = default) =>
        _transactions.SendAndWaitAsync(Contract.Request(submission), cancellation);
}
