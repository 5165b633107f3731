using System.Buffers.Binary;

namespace VerifiableML.Algebra;

/// <summary>
/// Encodings with the least significant byte first: of the integer that an element stands for, and of its Montgomery form, R = 2^256, which is
/// the memory of the element as it is.
/// </summary>
internal static class LittleEndianEncoding<TModulus>
    where TModulus : struct, IModulus
{
    public static bool TryDecode(ReadOnlySpan<byte> bytes, out Limbs element)
    {
        if (!TryDecodeMontgomery(bytes, out element))
        {
            return false;
        }

        element = Montgomery<TModulus>.FromInteger(element);
        return true;
    }

    public static void Encode(in Limbs element, Span<byte> bytes) => EncodeMontgomery(Montgomery<TModulus>.ToInteger(element), bytes);

    public static bool TryDecodeMontgomery(ReadOnlySpan<byte> bytes, out Limbs element)
    {
        element = default;
        if (bytes.Length != FieldConversion<TModulus>.ByteLength)
        {
            return false;
        }

        var number = new Limbs(
            BinaryPrimitives.ReadUInt64LittleEndian(bytes),
            BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]),
            BinaryPrimitives.ReadUInt64LittleEndian(bytes[16..]),
            BinaryPrimitives.ReadUInt64LittleEndian(bytes[24..]));
        if (!Montgomery<TModulus>.IsCanonical(number))
        {
            return false;
        }

        element = number;
        return true;
    }

    public static void EncodeMontgomery(in Limbs element, Span<byte> bytes)
    {
        if (bytes.Length != FieldConversion<TModulus>.ByteLength)
        {
            throw new ArgumentException("A field element takes exactly 32 bytes.", nameof(bytes));
        }

        BinaryPrimitives.WriteUInt64LittleEndian(bytes, element.L0);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[8..], element.L1);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[16..], element.L2);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[24..], element.L3);
    }
}
