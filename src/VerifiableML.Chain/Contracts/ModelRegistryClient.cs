using System.Collections.Immutable;
using System.Numerics;
using VerifiableML.Algebra;
using VerifiableML.Chain.Abi;
using VerifiableML.Chain.Rpc;
using VerifiableML.Chain.Transactions;

namespace VerifiableML.Chain.Contracts;

/// <summary>An entry of the registry.</summary>
/// <param name="Id">Hash of owner, name and version.</param>
/// <param name="Owner">Who registered it.</param>
/// <param name="Name">Its name, of the owner's choice.</param>
/// <param name="Version">Counted from one.</param>
/// <param name="ModelCommitment">Stands for circuit, weights and metadata.</param>
/// <param name="Key">Account whose code is the key.</param>
/// <param name="Metadata">Account whose code, behind a zero byte, is the metadata.</param>
/// <param name="IsInsecure">Whether proofs under it can be forged by who made the setup, or by anyone.</param>
public sealed record ModelRegistration(
    Bytes32 Id, Address Owner, string Name, BigInteger Version, Bytes32 ModelCommitment, Address Key, Address Metadata, bool IsInsecure);

/// <summary>The contract <c>ModelRegistry</c>.</summary>
/// <param name="node">A node.</param>
/// <param name="address">Where the contract is.</param>
public sealed class ModelRegistryClient(EthereumNode node, Address address)
{
    private static readonly Bytes32 RegisteredEvent = new(
        Keccak256.Hash("ModelRegistered(bytes32,address,string,uint256,bytes32,address,address,bool)"u8));

    /// <summary>The errors that it reverts with, as its interface declares them.</summary>
    public static ImmutableArray<ContractError> Errors { get; } =
    [
        new("ModelUnknown(bytes32 modelId)"),
        new("SetupInsecure(bytes32 modelId)"),
        new("NameLength(uint256 actual)"),
        new("KeyMalformed()"),
        new("KeyVersion(uint256 actual)"),
        new("KeyPoint(uint256 offset)"),
        new("KeyWithoutContribution()"),
        new("SetupMismatch(bytes32 expected, bytes32 actual)"),
        new("MetadataMismatch()"),
        new("CommitmentMismatch(bytes32 expected, bytes32 actual)"),
        new("StorageFailed()"),
    ];

    /// <summary>Where the contract is.</summary>
    public Address Address { get; } = address;

    /// <summary>The identity of a version, registered or not: <c>keccak256(abi.encode(owner, keccak256(name), version))</c>.</summary>
    public static Bytes32 ModelId(Address owner, string name, BigInteger version) => new(Keccak256.Hash(
        new AbiArguments().Add(owner).Add(new Bytes32(Keccak256.Hash(System.Text.Encoding.UTF8.GetBytes(name)))).Add(version).ToArray()));

    /// <summary>The calldata of a registration.</summary>
    /// <param name="name">1 to 64 bytes of UTF-8.</param>
    /// <param name="key">As <see cref="Encoding.KeyBlob.Encode"/> writes it.</param>
    /// <param name="metadata">As <see cref="Encoding.KeyBlob.Metadata"/> writes them.</param>
    public static byte[] EncodeRegister(string name, ReadOnlySpan<byte> key, ReadOnlySpan<byte> metadata) =>
        new AbiArguments().Add(name).Add(key).Add(metadata).ToCall("register(string,bytes,bytes)");

    /// <summary>Registers the next version of the sender's model of a name and waits until that is done.</summary>
    /// <exception cref="ChainException">As <see cref="TransactionSender.SendAsync"/>; refusals of the registry are named.</exception>
    public async Task<(ModelRegistration Registration, TransactionReceipt Receipt)> RegisterAsync(
        TransactionSender sender, string name, ReadOnlyMemory<byte> key, ReadOnlyMemory<byte> metadata, IProgress<TransactionEvent>? progress = null,
        CancellationToken cancellation = default)
    {
        TransactionReceipt receipt = await sender.SendAsync(Registration(name, key.Span, metadata.Span), progress, cancellation).ConfigureAwait(false);
        return (Registered(receipt, sender.Address), receipt);
    }

    /// <summary>The transaction of a registration.</summary>
    public TransactionRequest Registration(string name, ReadOnlySpan<byte> key, ReadOnlySpan<byte> metadata) =>
        new(Address, EncodeRegister(name, key, metadata)) { Errors = Errors };

    /// <summary>What a transaction registered for its sender.</summary>
    /// <exception cref="ChainException">Nothing.</exception>
    public ModelRegistration Registered(TransactionReceipt receipt, Address owner)
    {
        foreach (LogEntry log in receipt.Logs)
        {
            if (log.Account == Address && TryRead(log, out ModelRegistration? registration) && registration.Owner == owner)
            {
                return registration;
            }
        }

        throw new ChainException($"transaction {receipt.TransactionHash} succeeded without registering a model: is {Address} a registry?");
    }

    /// <summary>The key of a model, secure or not.</summary>
    /// <exception cref="CallRevertedException">There is no such model.</exception>
    public Task<Address> KeyAsync(Bytes32 modelId, CancellationToken cancellation = default) => AccountAsync("key(bytes32)", modelId, cancellation);

    /// <summary>The key of a model whose setup is not known to be insecure.</summary>
    /// <exception cref="CallRevertedException">There is no such model, or its setup is insecure.</exception>
    public Task<Address> SecureKeyAsync(Bytes32 modelId, CancellationToken cancellation = default) =>
        AccountAsync("secureKey(bytes32)", modelId, cancellation);

    /// <summary>The metadata of a model: <see cref="Encoding.KeyBlob.Metadata"/>.</summary>
    /// <exception cref="CallRevertedException">There is no such model.</exception>
    public async Task<byte[]> MetadataAsync(Bytes32 modelId, CancellationToken cancellation = default)
    {
        Address account = await AccountAsync("metadata(bytes32)", modelId, cancellation).ConfigureAwait(false);
        byte[] code = await node.CodeAsync(account, cancellation).ConfigureAwait(false);
        return code is [0, ..] ? code[1..] : throw new ChainException($"there are no metadata at {account}");
    }

    /// <summary>Number of versions of a model.</summary>
    public async Task<BigInteger> VersionsAsync(Address owner, string name, CancellationToken cancellation = default)
    {
        byte[] call = new AbiArguments().Add(owner).Add(name).ToCall("versions(address,string)");
        byte[] returned = await CallAsync(call, cancellation).ConfigureAwait(false);
        return new AbiReader(returned).TryNumber(0, out BigInteger count) ? count : throw NotARegistry();
    }

    /// <summary>Reads the event of a registration.</summary>
    internal static bool TryRead(LogEntry log, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out ModelRegistration? registration)
    {
        registration = null;
        if (log.Topics.Count != 3 || log.Topics[0] != RegisteredEvent || !new AbiReader(log.Topics[2].ToArray()).TryAddress(0, out Address owner))
        {
            return false;
        }

        var data = new AbiReader(log.Data.Span);
        if (data.TryText(0, out string? name) && data.TryNumber(1, out BigInteger version) && data.TryWord(2, out Bytes32 commitment)
            && data.TryAddress(3, out Address key) && data.TryAddress(4, out Address metadata) && data.TryBoolean(5, out bool isInsecure))
        {
            registration = new ModelRegistration(log.Topics[1], owner, name, version, commitment, key, metadata, isInsecure);
        }

        return registration is not null;
    }

    private async Task<Address> AccountAsync(string signature, Bytes32 modelId, CancellationToken cancellation)
    {
        byte[] returned = await CallAsync(new AbiArguments().Add(modelId).ToCall(signature), cancellation).ConfigureAwait(false);
        return new AbiReader(returned).TryAddress(0, out Address account) ? account : throw NotARegistry();
    }

    private async Task<byte[]> CallAsync(byte[] call, CancellationToken cancellation)
    {
        try
        {
            return await node.CallAsync(new CallRequest(default, Address, call), null, cancellation).ConfigureAwait(false);
        }
        catch (RpcErrorException error) when (Reverts.Read(error, Errors) is { } reason)
        {
            throw new CallRevertedException(reason);
        }
    }

    private ChainException NotARegistry() => new($"the contract at {Address} does not answer as a registry of models");
}
