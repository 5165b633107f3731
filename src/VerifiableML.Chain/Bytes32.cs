using System.Buffers.Binary;
using VerifiableML.Chain.Rpc;

namespace VerifiableML.Chain;

/// <summary>32 bytes: the hash of a block or a transaction, a topic, a digest.</summary>
public readonly record struct Bytes32
{
    /// <summary>Number of bytes.</summary>
    public const int Length = 32;

    private readonly UInt128 _high;
    private readonly UInt128 _low;

    /// <summary>From 32 bytes.</summary>
    /// <exception cref="ArgumentException">Another number of bytes.</exception>
    public Bytes32(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Length)
        {
            throw new ArgumentException($"{bytes.Length} bytes, {Length} expected");
        }

        _high = BinaryPrimitives.ReadUInt128BigEndian(bytes);
        _low = BinaryPrimitives.ReadUInt128BigEndian(bytes[16..]);
    }

    /// <summary>The bytes.</summary>
    public byte[] ToArray()
    {
        byte[] bytes = new byte[Length];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, _high);
        BinaryPrimitives.WriteUInt128BigEndian(bytes.AsSpan(16), _low);
        return bytes;
    }

    /// <summary>Reads <c>0x</c> and 64 digits.</summary>
    public static bool TryParse(string? text, out Bytes32 value)
    {
        bool isRead = Hex.TryDecodeData(text, out byte[]? bytes) && bytes.Length == Length;
        value = isRead ? new Bytes32(bytes) : default;
        return isRead;
    }

    /// <summary><c>0x</c> and 64 digits.</summary>
    public override string ToString() => Hex.Data(ToArray());
}
