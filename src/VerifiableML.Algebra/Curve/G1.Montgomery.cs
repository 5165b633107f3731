namespace VerifiableML.Algebra;

/// <content>The encoding of points in the files of the circom tools.</content>
public readonly partial struct G1
{
    /// <summary>
    /// Decodes exactly 64 bytes: x and y in Montgomery form, little-endian; zeros for infinity. False for another length, a coordinate not below p,
    /// and a point off the curve.
    /// </summary>
    public static bool TryDecodeMontgomery(ReadOnlySpan<byte> bytes, out G1 point)
    {
        point = default;
        if (bytes.Length != ByteLength || !Fq.TryDecodeMontgomery(bytes[..32], out Fq x) || !Fq.TryDecodeMontgomery(bytes[32..], out Fq y))
        {
            return false;
        }

        var candidate = new G1(x, y);
        if (!candidate.IsOnCurve)
        {
            return false;
        }

        point = candidate;
        return true;
    }

    /// <summary>Writes exactly 64 bytes, in the form that <see cref="TryDecodeMontgomery"/> reads.</summary>
    /// <exception cref="ArgumentException">The destination is not 64 bytes long.</exception>
    public void EncodeMontgomery(Span<byte> bytes)
    {
        if (bytes.Length != ByteLength)
        {
            throw new ArgumentException("A G1 point takes exactly 64 bytes.", nameof(bytes));
        }

        X.EncodeMontgomery(bytes[..32]);
        Y.EncodeMontgomery(bytes[32..]);
    }
}
