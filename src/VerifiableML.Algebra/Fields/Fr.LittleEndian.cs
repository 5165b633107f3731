using LittleEndian = VerifiableML.Algebra.LittleEndianEncoding<VerifiableML.Algebra.ScalarModulus>;

namespace VerifiableML.Algebra;

/// <content>Encodings with the least significant byte first, as the files of the circom tools have them.</content>
public readonly partial struct Fr
{
    /// <summary>Decodes exactly 32 little-endian bytes of the integer; false for another length and for a number not below the modulus.</summary>
    public static bool TryDecodeLittleEndian(ReadOnlySpan<byte> bytes, out Fr value)
    {
        bool ok = LittleEndian.TryDecode(bytes, out Limbs limbs);
        value = new Fr(limbs);
        return ok;
    }

    /// <summary>
    /// Decodes exactly 32 little-endian bytes of the Montgomery form a·2^256; false for another length and for a number not below the modulus.
    /// </summary>
    public static bool TryDecodeMontgomery(ReadOnlySpan<byte> bytes, out Fr value)
    {
        bool ok = LittleEndian.TryDecodeMontgomery(bytes, out Limbs limbs);
        value = new Fr(limbs);
        return ok;
    }

    /// <summary>Writes the integer as exactly 32 little-endian bytes.</summary>
    /// <exception cref="ArgumentException">The destination is not 32 bytes long.</exception>
    public void EncodeLittleEndian(Span<byte> bytes) => LittleEndian.Encode(_limbs, bytes);

    /// <summary>Writes the Montgomery form a·2^256 as exactly 32 little-endian bytes.</summary>
    /// <exception cref="ArgumentException">The destination is not 32 bytes long.</exception>
    public void EncodeMontgomery(Span<byte> bytes) => LittleEndian.EncodeMontgomery(_limbs, bytes);
}
