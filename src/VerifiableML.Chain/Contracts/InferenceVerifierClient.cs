using System.Collections.Immutable;
using System.Numerics;
using VerifiableML.Chain.Abi;
using VerifiableML.Chain.Rpc;
using VerifiableML.Chain.Transactions;

namespace VerifiableML.Chain.Contracts;

/// <summary>What is shown to the verifier contract.</summary>
/// <param name="Key">Account whose code is the model's key.</param>
/// <param name="Requester">Who acts through the consumer.</param>
/// <param name="Nonce">The consumer's number of the request.</param>
/// <param name="Input">As <see cref="Encoding.PublicData.Input"/> writes it.</param>
/// <param name="Output">As <see cref="Encoding.PublicData.Output"/> writes it.</param>
/// <param name="Proof">As <see cref="Encoding.ProofCalldata.Encode"/> writes it.</param>
public sealed record ProofSubmission(
    Address Key, Address Requester, BigInteger Nonce, ReadOnlyMemory<byte> Input, ReadOnlyMemory<byte> Output, ReadOnlyMemory<byte> Proof);

/// <summary>The contract <c>InferenceVerifier</c>.</summary>
/// <param name="node">A node.</param>
/// <param name="address">Where the contract is.</param>
public sealed class InferenceVerifierClient(EthereumNode node, Address address)
{
    private const string Verify = "verify(address,address,uint256,bytes,bytes,bytes)";

    /// <summary>The errors that it reverts with, as its interface declares them.</summary>
    public static ImmutableArray<ContractError> Errors { get; } =
    [
        new("UnknownFunction()"),
        new("CalldataNotCanonical()"),
        new("KeyNotFound(address key)"),
        new("KeyMalformed()"),
        new("InputLength(uint256 expected, uint256 actual)"),
        new("OutputLength(uint256 expected, uint256 actual)"),
        new("ProofLength(uint256 expected, uint256 actual)"),
        new("ScalarNotCanonical(uint256 index)"),
        new("ProofNotCanonical()"),
        new("WrongCommittedInput()"),
        new("WrongCommittedOutput()"),
        new("PointNotInGroup()"),
        new("ProofInvalid()"),
    ];

    /// <summary>Where the contract is.</summary>
    public Address Address { get; } = address;

    /// <summary>The calldata of a verification.</summary>
    public static byte[] Encode(ProofSubmission submission) => new AbiArguments()
        .Add(submission.Key).Add(submission.Requester).Add(submission.Nonce)
        .Add(submission.Input.Span).Add(submission.Output.Span).Add(submission.Proof.Span)
        .ToCall(Verify);

    /// <summary>Has the node run a verification, without a transaction.</summary>
    /// <param name="consumer">The caller that the proof was made for.</param>
    /// <param name="submission">The proof.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>Null where the contract accepts, otherwise why not.</returns>
    /// <exception cref="ChainException">There is no contract, or the node did not answer.</exception>
    public async Task<RevertReason?> CheckAsync(Address consumer, ProofSubmission submission, CancellationToken cancellation = default)
    {
        // An account without code "accepts" everything.
        if ((await node.CodeAsync(Address, cancellation).ConfigureAwait(false)).Length == 0)
        {
            throw new ChainException($"there is no contract at {Address}");
        }

        try
        {
            await node.CallAsync(new CallRequest(consumer, Address, Encode(submission)), null, cancellation).ConfigureAwait(false);
            return null;
        }
        catch (RpcErrorException error) when (Reverts.Read(error, Errors) is { } reason)
        {
            return reason;
        }
    }

    /// <summary>
    /// A transaction that verifies in the name of its sender, who is then the consumer: what a contract would do, to see its gas. Consumers call the verifier
    /// themselves.
    /// </summary>
    public TransactionRequest Request(ProofSubmission submission) => new(Address, Encode(submission)) { Errors = Errors };
}
