using System.Diagnostics.CodeAnalysis;
using System.Numerics;

namespace VerifiableML.Chain.Abi;

/// <summary>Reads returned values or the arguments of an error, which a contract may have made up: each read says whether there was such a value.</summary>
/// <param name="bytes">Values as <see cref="AbiArguments"/> writes them.</param>
public readonly ref struct AbiReader(ReadOnlySpan<byte> bytes)
{
    private static readonly System.Text.Encoding Utf8 = new System.Text.UTF8Encoding(false, throwOnInvalidBytes: false);

    private readonly ReadOnlySpan<byte> _bytes = bytes;

    /// <summary>The word of a value.</summary>
    public bool TryWord(int index, out Bytes32 value)
    {
        bool isThere = _bytes.Length / AbiArguments.WordLength > index;
        value = isThere ? new Bytes32(_bytes.Slice(index * AbiArguments.WordLength, AbiArguments.WordLength)) : default;
        return isThere;
    }

    /// <summary>A <c>uint256</c>.</summary>
    public bool TryNumber(int index, out BigInteger value)
    {
        bool isThere = TryWord(index, out Bytes32 word);
        value = new BigInteger(word.ToArray(), isUnsigned: true, isBigEndian: true);
        return isThere;
    }

    /// <summary>An <c>int256</c>.</summary>
    public bool TrySigned(int index, out BigInteger value)
    {
        bool isThere = TryWord(index, out Bytes32 word);
        value = new BigInteger(word.ToArray(), isUnsigned: false, isBigEndian: true);
        return isThere;
    }

    /// <summary>A <c>bool</c>: a word that is zero or one.</summary>
    public bool TryBoolean(int index, out bool value)
    {
        bool isThere = TryNumber(index, out BigInteger number) && number <= BigInteger.One;
        value = isThere && number.IsOne;
        return isThere;
    }

    /// <summary>An <c>address</c>: a word that starts with twelve zeros.</summary>
    public bool TryAddress(int index, out Address value)
    {
        value = default;
        if (!TryWord(index, out Bytes32 word) || word.ToArray().AsSpan(0, AbiArguments.WordLength - Address.Length).ContainsAnyExcept((byte)0))
        {
            return false;
        }

        value = new Address(word.ToArray().AsSpan(AbiArguments.WordLength - Address.Length));
        return true;
    }

    /// <summary><c>bytes</c>.</summary>
    public bool TryBytes(int index, [NotNullWhen(true)] out byte[]? value)
    {
        value = null;
        if (!TryNumber(index, out BigInteger offset) || offset > _bytes.Length - AbiArguments.WordLength)
        {
            return false;
        }

        ReadOnlySpan<byte> tail = _bytes[(int)offset..];
        var length = new BigInteger(tail[..AbiArguments.WordLength], isUnsigned: true, isBigEndian: true);
        if (length > tail.Length - AbiArguments.WordLength)
        {
            return false;
        }

        value = tail.Slice(AbiArguments.WordLength, (int)length).ToArray();
        return true;
    }

    /// <summary>A <c>string</c>; bytes that are no UTF-8 become replacement characters.</summary>
    public bool TryText(int index, [NotNullWhen(true)] out string? value)
    {
        value = TryBytes(index, out byte[]? bytes) ? Utf8.GetString(bytes) : null;
        return value is not null;
    }
}
