using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using VerifiableML.Algebra;
using VerifiableML.Chain.Rpc;
using Scalar = Org.BouncyCastle.Math.BigInteger;

namespace VerifiableML.Chain.Signing;

/// <summary>
/// The key of an account. It signs and names its address; nothing gives it out again: it has no property, and its text is its address.
/// The curve's library does not run in constant time: keep keys of value in a signer of their own.
/// </summary>
[DebuggerDisplay("{Address}")]
public sealed class PrivateKey
{
    /// <summary>Number of bytes.</summary>
    public const int Length = 32;

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly Scalar _scalar;

    private PrivateKey(Scalar scalar)
    {
        _scalar = scalar;
        Address = new Address(Keccak256.Hash(Secp256k1.PublicKey(scalar)).AsSpan(12));
    }

    /// <summary>The account: the end of the hash of the public key.</summary>
    public Address Address { get; }

    /// <summary>A new key from the system's source of randomness.</summary>
    public static PrivateKey Generate()
    {
        while (true)
        {
            if (TryDecode(RandomNumberGenerator.GetBytes(Length), out PrivateKey? key))
            {
                return key;
            }
        }
    }

    /// <summary>Reads 32 bytes, big-endian, from one to the group order less one.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out PrivateKey? key)
    {
        key = null;
        if (bytes.Length != Length)
        {
            return false;
        }

        var scalar = new Scalar(1, bytes.ToArray());
        key = Secp256k1.IsPrivateKey(scalar) ? new PrivateKey(scalar) : null;
        return key is not null;
    }

    /// <summary>Reads 64 hexadecimal digits, with or without <c>0x</c>.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out PrivateKey? key)
    {
        key = null;
        string? prefixed = text is null || text.StartsWith("0x", StringComparison.Ordinal) ? text : "0x" + text;
        return Hex.TryDecodeData(prefixed, out byte[]? bytes) && TryDecode(bytes, out key);
    }

    /// <summary>Signs a digest of 32 bytes.</summary>
    /// <exception cref="ArgumentException">Another number of bytes.</exception>
    public EcdsaSignature Sign(ReadOnlySpan<byte> digest) => digest.Length == Keccak256.ByteLength
        ? Secp256k1.Sign(_scalar, digest)
        : throw new ArgumentException($"a digest of {digest.Length} bytes");

    /// <summary>The address, never the key.</summary>
    public override string ToString() => Address.ToString();
}
