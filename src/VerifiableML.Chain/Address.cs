using System.Buffers.Binary;
using VerifiableML.Algebra;
using VerifiableML.Chain.Rpc;
using VerifiableML.Chain.Signing;

namespace VerifiableML.Chain;

/// <summary>An account: 20 bytes, written with the checksum of EIP-55.</summary>
public readonly record struct Address
{
    /// <summary>Number of bytes.</summary>
    public const int Length = 20;

    private readonly UInt128 _high;
    private readonly uint _low;

    /// <summary>From 20 bytes.</summary>
    /// <exception cref="ArgumentException">Another number of bytes.</exception>
    public Address(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Length)
        {
            throw new ArgumentException($"an address of {bytes.Length} bytes");
        }

        _high = BinaryPrimitives.ReadUInt128BigEndian(bytes);
        _low = BinaryPrimitives.ReadUInt32BigEndian(bytes[16..]);
    }

    /// <summary>The bytes.</summary>
    public byte[] ToArray()
    {
        byte[] bytes = new byte[Length];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, _high);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(16), _low);
        return bytes;
    }

    /// <summary>The address of the contract that an account creates with a transaction: the end of <c>keccak256(rlp([creator, nonce]))</c>.</summary>
    public static Address OfContract(Address creator, ulong nonce) =>
        new(Keccak256.Hash(Rlp.List(Rlp.Bytes(creator.ToArray()), Rlp.Integer(nonce))).AsSpan(12));

    /// <summary>Reads <c>0x</c> and 40 digits. Where letters are of both cases, they must be the checksum (EIP-55).</summary>
    public static bool TryParse(string? text, out Address address)
    {
        address = default;
        if (!Hex.TryDecodeData(text, out byte[]? bytes) || bytes.Length != Length)
        {
            return false;
        }

        var read = new Address(bytes);
        ReadOnlySpan<char> digits = text.AsSpan(2);
        bool isMixed = digits.ContainsAnyInRange('a', 'f') && digits.ContainsAnyInRange('A', 'F');
        if (isMixed && read.ToString() != text)
        {
            return false;
        }

        address = read;
        return true;
    }

    /// <summary>With the checksum: a letter is upper-case where the hash of the lower-case digits has a hexadecimal digit of at least eight.</summary>
    public override string ToString()
    {
        char[] digits = Convert.ToHexStringLower(ToArray()).ToCharArray();
        byte[] hash = Keccak256.Hash(System.Text.Encoding.ASCII.GetBytes(digits));
        for (int i = 0; i < digits.Length; i++)
        {
            int digit = i % 2 == 0 ? hash[i / 2] >> 4 : hash[i / 2] & 15;
            digits[i] = digit >= 8 ? char.ToUpperInvariant(digits[i]) : digits[i];
        }

        return "0x" + new string(digits);
    }
}
