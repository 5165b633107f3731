using System.Buffers;
using System.Text;
using VerifiableML.Algebra;

namespace VerifiableML.Protocol.Commitments;

/// <summary>
/// Hashes bytes to a challenge with Keccak-256, for what a contract recomputes. Every item has a fixed length, so that the
/// concatenation can be read in one way only.
/// </summary>
public sealed class ByteTranscript
{
    private readonly ArrayBufferWriter<byte> _bytes = new();

    /// <summary>A transcript for one purpose, named by <paramref name="domain"/>.</summary>
    public ByteTranscript(string domain) => _bytes.Write(Keccak256.Hash(Encoding.ASCII.GetBytes($"VerifiableML/1/{domain}")));

    /// <summary>Appends a scalar: 32 bytes.</summary>
    public ByteTranscript Append(Fr value)
    {
        Span<byte> bytes = stackalloc byte[Fr.ByteLength];
        value.Encode(bytes);
        _bytes.Write(bytes);
        return this;
    }

    /// <summary>Appends a point in the form of EIP-196: 64 bytes.</summary>
    public ByteTranscript Append(G1 point)
    {
        Span<byte> bytes = stackalloc byte[64];
        point.Encode(bytes);
        _bytes.Write(bytes);
        return this;
    }

    /// <summary>Appends a point in the form of EIP-197: 128 bytes.</summary>
    public ByteTranscript Append(G2 point)
    {
        Span<byte> bytes = stackalloc byte[128];
        point.Encode(bytes);
        _bytes.Write(bytes);
        return this;
    }

    /// <summary>Appends bytes whose number the purpose fixes.</summary>
    public ByteTranscript Append(ReadOnlySpan<byte> bytes)
    {
        _bytes.Write(bytes);
        return this;
    }

    /// <summary>The hash as it is.</summary>
    public byte[] Hash() => Keccak256.Hash(_bytes.WrittenSpan);

    /// <summary>The hash as a scalar.</summary>
    public Fr Squeeze() => Fr.FromWideBytes(Hash());
}
