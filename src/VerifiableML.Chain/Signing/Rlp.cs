using System.Buffers.Binary;
using System.Numerics;

namespace VerifiableML.Chain.Signing;

/// <summary>Recursive length prefix, encoding only (Ethereum yellow paper, appendix B). Items are encoded first and then put into lists.</summary>
public static class Rlp
{
    private const int ShortLength = 55;
    private const byte BytesPrefix = 0x80;
    private const byte ListPrefix = 0xc0;

    /// <summary>A byte string; one below 0x80 stands for itself.</summary>
    public static byte[] Bytes(ReadOnlySpan<byte> bytes) =>
        bytes.Length == 1 && bytes[0] < BytesPrefix ? [bytes[0]] : [.. Prefix(BytesPrefix, bytes.Length), .. bytes];

    /// <summary>A number, big-endian without leading zeros; zero is the empty string.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A negative number.</exception>
    public static byte[] Integer(BigInteger value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        return Bytes(value.IsZero ? [] : value.ToByteArray(isUnsigned: true, isBigEndian: true));
    }

    /// <summary>A list of items that are encoded already.</summary>
    public static byte[] List(params ReadOnlySpan<byte[]> items)
    {
        int length = 0;
        foreach (byte[] item in items)
        {
            length += item.Length;
        }

        byte[] prefix = Prefix(ListPrefix, length);
        byte[] list = new byte[prefix.Length + length];
        prefix.CopyTo(list, 0);
        int offset = prefix.Length;
        foreach (byte[] item in items)
        {
            item.CopyTo(list, offset);
            offset += item.Length;
        }

        return list;
    }

    private static byte[] Prefix(byte kind, int length)
    {
        if (length <= ShortLength)
        {
            return [(byte)(kind + length)];
        }

        Span<byte> bigEndian = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(bigEndian, length);
        ReadOnlySpan<byte> digits = bigEndian[(BitOperations.LeadingZeroCount((uint)length) / 8)..];
        return [(byte)(kind + ShortLength + digits.Length), .. digits];
    }
}
