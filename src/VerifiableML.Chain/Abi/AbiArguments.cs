using System.Buffers.Binary;
using System.Numerics;
using VerifiableML.Algebra;

namespace VerifiableML.Chain.Abi;

/// <summary>
/// Arguments as Solidity's ABI has them, version 2, for the types that the contracts use: a word each for static ones, and offset, length and padded bytes
/// for <c>bytes</c> and <c>string</c>. Dynamic ones follow each other in order and without gaps: the only encoding that our contracts accept.
/// </summary>
public sealed class AbiArguments
{
    internal const int WordLength = 32;

    private readonly List<(byte[] Word, byte[]? Tail)> _arguments = [];

    /// <summary>The first four bytes of the hash of a signature such as <c>transfer(address,uint256)</c>.</summary>
    public static byte[] Selector(string signature) => Keccak256.Hash(System.Text.Encoding.ASCII.GetBytes(signature))[..4];

    /// <summary>Appends <c>address</c>.</summary>
    public AbiArguments Add(Address value) => AddWord([.. new byte[WordLength - Address.Length], .. value.ToArray()]);

    /// <summary>Appends <c>bytes32</c>.</summary>
    public AbiArguments Add(Bytes32 value) => AddWord(value.ToArray());

    /// <summary>Appends <c>bool</c>.</summary>
    public AbiArguments Add(bool value) => Add(value ? BigInteger.One : BigInteger.Zero);

    /// <summary>Appends <c>uint256</c> or a smaller unsigned number.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A negative number, or one of more than 256 bits.</exception>
    public AbiArguments Add(BigInteger value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        byte[] bytes = value.ToByteArray(isUnsigned: true, isBigEndian: true);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes.Length, WordLength, nameof(value));
        return AddWord([.. new byte[WordLength - bytes.Length], .. bytes]);
    }

    /// <summary>Appends <c>int256</c>: two's complement.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number that needs more than 256 bits.</exception>
    public AbiArguments AddSigned(BigInteger value)
    {
        byte[] bytes = value.ToByteArray(isUnsigned: false, isBigEndian: true);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes.Length, WordLength, nameof(value));
        byte[] word = new byte[WordLength];
        word.AsSpan().Fill(value.Sign < 0 ? byte.MaxValue : (byte)0);
        bytes.CopyTo(word, WordLength - bytes.Length);
        return AddWord(word);
    }

    /// <summary>Appends <c>bytes</c>.</summary>
    public AbiArguments Add(ReadOnlySpan<byte> value)
    {
        byte[] tail = new byte[WordLength + ((value.Length + WordLength - 1) / WordLength * WordLength)];
        BinaryPrimitives.WriteInt32BigEndian(tail.AsSpan(WordLength - sizeof(int)), value.Length);
        value.CopyTo(tail.AsSpan(WordLength));
        _arguments.Add((new byte[WordLength], tail));
        return this;
    }

    /// <summary>Appends <c>string</c>, in UTF-8.</summary>
    public AbiArguments Add(string value) => Add(System.Text.Encoding.UTF8.GetBytes(value).AsSpan());

    /// <summary>The arguments.</summary>
    public byte[] ToArray()
    {
        int offset = _arguments.Count * WordLength;
        byte[] bytes = new byte[offset + _arguments.Sum(argument => argument.Tail?.Length ?? 0)];
        for (int i = 0; i < _arguments.Count; i++)
        {
            (byte[] word, byte[]? tail) = _arguments[i];
            word.CopyTo(bytes, i * WordLength);
            if (tail is not null)
            {
                BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(((i + 1) * WordLength) - sizeof(int)), offset);
                tail.CopyTo(bytes, offset);
                offset += tail.Length;
            }
        }

        return bytes;
    }

    /// <summary>Calldata: the selector of a signature, then the arguments.</summary>
    public byte[] ToCall(string signature) => [.. Selector(signature), .. ToArray()];

    private AbiArguments AddWord(byte[] word)
    {
        _arguments.Add((word, null));
        return this;
    }
}
