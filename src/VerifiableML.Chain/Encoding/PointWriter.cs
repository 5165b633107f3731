using VerifiableML.Algebra;

namespace VerifiableML.Chain.Encoding;

/// <summary>Writes values one after the other as precompiled contracts read them (EIP-196, EIP-197): big-endian, uncompressed.</summary>
internal sealed class PointWriter(int length)
{
    private readonly byte[] _bytes = new byte[length];
    private int _offset;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_bytes.AsSpan(_offset));
        _offset += bytes.Length;
    }

    public void Append(in G1 point) => point.Encode(Next(G1.ByteLength));

    public void Append(in G2 point) => point.Encode(Next(G2.ByteLength));

    public void Append(in Fr scalar) => scalar.Encode(Next(Fr.ByteLength));

    /// <summary>The bytes, all of which must have been written.</summary>
    public byte[] ToArray() => _offset == _bytes.Length
        ? _bytes
        : throw new InvalidOperationException($"{_offset} of {_bytes.Length} bytes were written");

    private Span<byte> Next(int length)
    {
        Span<byte> next = _bytes.AsSpan(_offset, length);
        _offset += length;
        return next;
    }
}
