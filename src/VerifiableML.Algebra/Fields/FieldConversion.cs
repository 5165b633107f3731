using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;

namespace VerifiableML.Algebra;

/// <summary>Conversions between Montgomery forms modulo p and bytes, integers and random draws.</summary>
internal static class FieldConversion<TModulus>
    where TModulus : struct, IModulus
{
    public const int ByteLength = 32;

    public static readonly BigInteger Modulus = ToBigInteger(new Limbs(TModulus.P0, TModulus.P1, TModulus.P2, TModulus.P3));

    public static bool TryDecode(ReadOnlySpan<byte> bigEndian, out Limbs element)
    {
        element = default;
        if (bigEndian.Length != ByteLength)
        {
            return false;
        }

        Limbs integer = ReadLimbs(bigEndian);
        if (!Montgomery<TModulus>.IsCanonical(integer))
        {
            return false;
        }

        element = Montgomery<TModulus>.FromInteger(integer);
        return true;
    }

    public static void Encode(in Limbs element, Span<byte> bigEndian)
    {
        if (bigEndian.Length != ByteLength)
        {
            throw new ArgumentException("A field element takes exactly 32 bytes.", nameof(bigEndian));
        }

        Limbs integer = Montgomery<TModulus>.ToInteger(element);
        BinaryPrimitives.WriteUInt64BigEndian(bigEndian, integer.L3);
        BinaryPrimitives.WriteUInt64BigEndian(bigEndian[8..], integer.L2);
        BinaryPrimitives.WriteUInt64BigEndian(bigEndian[16..], integer.L1);
        BinaryPrimitives.WriteUInt64BigEndian(bigEndian[24..], integer.L0);
    }

    /// <summary>Reduces a big-endian integer of any length, Horner-wise in digits of 128 bits.</summary>
    public static Limbs FromWideBytes(ReadOnlySpan<byte> bigEndian)
    {
        Limbs radix = Montgomery<TModulus>.FromInteger(new Limbs(0, 0, 1, 0));
        Limbs sum = default;
        Span<byte> digit = stackalloc byte[ByteLength];
        digit.Clear();
        while (!bigEndian.IsEmpty)
        {
            int length = bigEndian.Length % 16 == 0 ? 16 : bigEndian.Length % 16;
            digit.Clear();
            bigEndian[..length].CopyTo(digit[^length..]);
            Limbs value = Montgomery<TModulus>.FromInteger(ReadLimbs(digit));
            sum = Montgomery<TModulus>.Add(Montgomery<TModulus>.Multiply(sum, radix), value);
            bigEndian = bigEndian[length..];
        }

        return sum;
    }

    public static Limbs FromBigInteger(BigInteger value)
    {
        value %= Modulus;
        if (value.Sign < 0)
        {
            value += Modulus;
        }

        Span<byte> bytes = stackalloc byte[ByteLength];
        bytes.Clear();
        value.TryWriteBytes(bytes, out _, isUnsigned: true, isBigEndian: false);
        bytes.Reverse();
        return Montgomery<TModulus>.FromInteger(ReadLimbs(bytes));
    }

    /// <summary>The limbs themselves as one number, whatever they stand for.</summary>
    public static BigInteger ToBigInteger(in Limbs integer) =>
        (((((new BigInteger(integer.L3) << 64) | integer.L2) << 64) | integer.L1) << 64) | integer.L0;

    /// <summary>A uniform element: 254 random bits, drawn again until they fall below p (three of four draws do).</summary>
    public static Limbs Random(RandomNumberGenerator generator)
    {
        Span<byte> bytes = stackalloc byte[ByteLength];
        while (true)
        {
            generator.GetBytes(bytes);
            bytes[0] &= 0x3f;
            if (TryDecode(bytes, out Limbs element))
            {
                CryptographicOperations.ZeroMemory(bytes);
                return element;
            }
        }
    }

    private static Limbs ReadLimbs(ReadOnlySpan<byte> bigEndian) => new(
        BinaryPrimitives.ReadUInt64BigEndian(bigEndian[24..]),
        BinaryPrimitives.ReadUInt64BigEndian(bigEndian[16..]),
        BinaryPrimitives.ReadUInt64BigEndian(bigEndian[8..]),
        BinaryPrimitives.ReadUInt64BigEndian(bigEndian));
}
