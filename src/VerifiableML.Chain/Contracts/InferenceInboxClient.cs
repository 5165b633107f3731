using System.Collections.Immutable;
using System.Numerics;
using VerifiableML.Algebra;
using VerifiableML.Chain.Abi;
using VerifiableML.Chain.Rpc;
using VerifiableML.Chain.Transactions;

namespace VerifiableML.Chain.Contracts;

/// <summary>What an inbox keeps of one submission.</summary>
/// <param name="InputHash">keccak256 of the input's bytes.</param>
/// <param name="Time">Of the block, in seconds since 1970.</param>
/// <param name="Output">As <see cref="Encoding.PublicData.Output"/> writes it.</param>
public sealed record KeptInference(Bytes32 InputHash, ulong Time, ReadOnlyMemory<byte> Output);

/// <summary>The contract <c>InferenceInbox</c>, which keeps verified outputs of one model.</summary>
/// <param name="node">A node.</param>
/// <param name="address">Where the contract is.</param>
public sealed class InferenceInboxClient(EthereumNode node, Address address)
{
    private const string Submit = "submit(bytes,bytes,bytes)";

    private static readonly Bytes32 Verified = new(Keccak256.Hash("Verified(address,uint256,bytes32,bytes)"u8));

    private readonly ContractCall _call = new(node, address, "an inbox", Errors);

    /// <summary>The errors that it reverts with: its own, those of the verifier and those of the registry, which its constructor asks.</summary>
    public static ImmutableArray<ContractError> Errors { get; } =
    [
        new("OutputNotPublic()"),
        new("NothingSubmitted(address requester, uint256 nonce)"),
        .. InferenceVerifierClient.Errors,
        .. ModelRegistryClient.Errors,
    ];

    /// <summary>Where the contract is.</summary>
    public Address Address { get; } = address;

    /// <summary>The code that creates an inbox.</summary>
    /// <param name="verifier">The verifier.</param>
    /// <param name="registry">Where the model is registered.</param>
    /// <param name="modelId">The model, whose output must be public.</param>
    /// <param name="acceptsInsecureSetup">True only for development: then anyone can forge proofs.</param>
    public static byte[] EncodeCreation(Address verifier, Address registry, Bytes32 modelId, bool acceptsInsecureSetup) =>
        [.. ContractCode.Of(ContractCode.InferenceInbox), .. new AbiArguments().Add(verifier).Add(registry).Add(modelId).Add(acceptsInsecureSetup).ToArray()];

    /// <summary>The calldata of a submission by the requester.</summary>
    public static byte[] Encode(ReadOnlyMemory<byte> input, ReadOnlyMemory<byte> output, ReadOnlyMemory<byte> proof) =>
        new AbiArguments().Add(input.Span).Add(output.Span).Add(proof.Span).ToCall(Submit);

    /// <summary>A transaction of the requester that submits a proof, made for this contract, the requester and their next nonce.</summary>
    public TransactionRequest Request(ReadOnlyMemory<byte> input, ReadOnlyMemory<byte> output, ReadOnlyMemory<byte> proof) =>
        new(Address, Encode(input, output, proof)) { Errors = Errors };

    /// <summary>The nonce that a submission was kept under, from its receipt.</summary>
    /// <exception cref="ChainException">The transaction submitted nothing to this contract.</exception>
    public BigInteger NonceOf(TransactionReceipt receipt)
    {
        LogEntry log = _call.Event(receipt, log => log.Topics.Count == 3 && log.Topics[0] == Verified ? log : null);
        return new BigInteger(log.Topics[2].ToArray(), isUnsigned: true, isBigEndian: true);
    }

    /// <summary>The nonce that a requester's next proof has to be made for.</summary>
    public Task<BigInteger> NextNonceAsync(Address requester, CancellationToken cancellation = default) =>
        _call.NumberAsync(new AbiArguments().Add(requester).ToCall("nonces(address)"), cancellation);

    /// <summary>Where the key of the inbox's model is.</summary>
    public async Task<Address> KeyAsync(CancellationToken cancellation = default)
    {
        byte[] returned = await _call.ReadAsync(new AbiArguments().ToCall("key()"), cancellation).ConfigureAwait(false);
        return new AbiReader(returned).TryAddress(0, out Address key) ? key : throw _call.Unexpected();
    }

    /// <summary>What a requester submitted under a nonce.</summary>
    /// <exception cref="CallRevertedException">Nothing.</exception>
    public async Task<KeptInference> ReadAsync(Address requester, BigInteger nonce, CancellationToken cancellation = default)
    {
        byte[] call = new AbiArguments().Add(requester).Add(nonce).ToCall("inference(address,uint256)");
        var reader = new AbiReader(await _call.ReadAsync(call, cancellation).ConfigureAwait(false));
        return reader.TryWord(0, out Bytes32 inputHash) && reader.TryNumber(1, out BigInteger time) && time <= ulong.MaxValue && reader.TryBytes(2, out byte[]? output)
            ? new KeptInference(inputHash, (ulong)time, output)
            : throw _call.Unexpected();
    }
}
