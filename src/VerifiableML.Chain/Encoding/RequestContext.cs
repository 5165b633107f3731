using System.Buffers.Binary;
using VerifiableML.Algebra;

namespace VerifiableML.Chain.Encoding;

/// <summary>
/// What a proof for a chain is bound to: the chain, the contract that consumes it, who asked, and a number of the consumer's choice. A proof made for
/// one request is refused for every other, so that copying a submission gains nothing.
/// </summary>
/// <param name="ChainId">The chain.</param>
/// <param name="Consumer">Address of the contract that calls the verifier; 20 bytes.</param>
/// <param name="Requester">Address of who acts through the consumer; 20 bytes.</param>
/// <param name="Nonce">The consumer's number of the request.</param>
public sealed record RequestContext(ulong ChainId, ReadOnlyMemory<byte> Consumer, ReadOnlyMemory<byte> Requester, ulong Nonce)
{
    /// <summary>Length of an address.</summary>
    public const int AddressLength = 20;

    private const int WordLength = 32;

    private static readonly byte[] Domain = Keccak256.Hash("VerifiableML/1/context"u8);

    /// <summary><c>keccak256(abi.encode(domain, chain id, consumer, requester, nonce))</c>: the context to prove with.</summary>
    /// <exception cref="ArgumentException">An address that has not 20 bytes.</exception>
    public byte[] Hash()
    {
        var words = new byte[5 * WordLength];
        Domain.CopyTo(words, 0);
        BinaryPrimitives.WriteUInt64BigEndian(words.AsSpan((2 * WordLength) - sizeof(ulong)), ChainId);
        Address(Consumer).CopyTo(words.AsSpan((3 * WordLength) - AddressLength));
        Address(Requester).CopyTo(words.AsSpan((4 * WordLength) - AddressLength));
        BinaryPrimitives.WriteUInt64BigEndian(words.AsSpan((5 * WordLength) - sizeof(ulong)), Nonce);
        return Keccak256.Hash(words);
    }

    private static ReadOnlySpan<byte> Address(ReadOnlyMemory<byte> address) => address.Length == AddressLength
        ? address.Span
        : throw new ArgumentException($"an address of {address.Length} bytes");
}
