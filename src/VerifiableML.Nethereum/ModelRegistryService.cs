using System.Numerics;
using Nethereum.Contracts.Services;
using VerifiableML.Chain;
using VerifiableML.Chain.Contracts;
using VerifiableML.Chain.Rpc;
using VerifiableML.Chain.Transactions;

namespace VerifiableML.Nethereum;

/// <summary>The contract <c>ModelRegistry</c> for applications that use Nethereum: <c>new ModelRegistryService(web3.Eth, address)</c>.</summary>
/// <param name="eth">The node, and the account that registers.</param>
/// <param name="address">Where the contract is.</param>
public sealed class ModelRegistryService(IEthApiContractService eth, Address address)
{
    private readonly ContractTransactions _transactions = new(eth);

    private ModelRegistryClient Contract => new(_transactions.Node, address);

    /// <summary>Where the contract is.</summary>
    public Address ContractAddress => address;

    /// <summary>Registers the next version of the account's model of a name.</summary>
    /// <param name="name">1 to 64 bytes of UTF-8.</param>
    /// <param name="key">As <see cref="Chain.Encoding.KeyBlob.Encode"/> writes it.</param>
    /// <param name="metadata">As <see cref="Chain.Encoding.KeyBlob.Metadata"/> writes them.</param>
    /// <returns>The transaction's hash.</returns>
    /// <exception cref="CallRevertedException">The registry would refuse; nothing was sent.</exception>
    public Task<Bytes32> RegisterRequestAsync(string name, ReadOnlyMemory<byte> key, ReadOnlyMemory<byte> metadata) =>
        _transactions.SendAsync(Contract.Registration(name, key.Span, metadata.Span));

    /// <summary>As <see cref="RegisterRequestAsync"/>, and waits for the entry.</summary>
    /// <exception cref="CallRevertedException">The registry would refuse; nothing was sent.</exception>
    /// <exception cref="TransactionFailedException">The transaction failed in its block.</exception>
    public async Task<(ModelRegistration Registration, TransactionReceipt Receipt)> RegisterRequestAndWaitForReceiptAsync(
        string name, ReadOnlyMemory<byte> key, ReadOnlyMemory<byte> metadata, CancellationToken cancellation = default)
    {
        TransactionRequest request = Contract.Registration(name, key.Span, metadata.Span);
        TransactionReceipt receipt = await _transactions.SendAndWaitAsync(request, cancellation).ConfigureAwait(false);
        return (Contract.Registered(receipt, _transactions.Sender), receipt);
    }

    /// <summary>The key of a model, secure or not.</summary>
    /// <exception cref="CallRevertedException">There is no such model.</exception>
    public Task<Address> KeyQueryAsync(Bytes32 modelId, CancellationToken cancellation = default) => Contract.KeyAsync(modelId, cancellation);

    /// <summary>The key of a model whose setup is not known to be insecure: what a consumer should ask for.</summary>
    /// <exception cref="CallRevertedException">There is no such model, or its setup is insecure.</exception>
    public Task<Address> SecureKeyQueryAsync(Bytes32 modelId, CancellationToken cancellation = default) => Contract.SecureKeyAsync(modelId, cancellation);

    /// <summary>Names and scales of a model's values.</summary>
    /// <exception cref="CallRevertedException">There is no such model.</exception>
    public Task<byte[]> MetadataQueryAsync(Bytes32 modelId, CancellationToken cancellation = default) => Contract.MetadataAsync(modelId, cancellation);

    /// <summary>Number of versions of a model.</summary>
    public Task<BigInteger> VersionsQueryAsync(Address owner, string name, CancellationToken cancellation = default) =>
        Contract.VersionsAsync(owner, name, cancellation);
}
