namespace VerifiableML.Algebra;

/// <content>The encoding of points in the files of the circom tools.</content>
public readonly partial struct G2
{
    /// <summary>
    /// Decodes exactly 128 bytes: x₀, x₁, y₀, y₁ in Montgomery form, little-endian; zeros for infinity. False for another length, a coordinate
    /// not below p, a point off the curve, and a point outside the subgroup.
    /// </summary>
    public static bool TryDecodeMontgomery(ReadOnlySpan<byte> bytes, out G2 point)
    {
        if (TryDecodeMontgomeryOnTwist(bytes, out point) && point.IsInSubgroup)
        {
            return true;
        }

        point = default;
        return false;
    }

    /// <summary>As <see cref="TryDecodeMontgomery"/>, but without looking whether the point lies in the subgroup.</summary>
    public static bool TryDecodeMontgomeryOnTwist(ReadOnlySpan<byte> bytes, out G2 point)
    {
        point = default;
        if (bytes.Length != ByteLength || !TryDecodePair(bytes[..64], out Fq2 x) || !TryDecodePair(bytes[64..], out Fq2 y))
        {
            return false;
        }

        var candidate = new G2(x, y);
        if (!candidate.IsOnCurve)
        {
            return false;
        }

        point = candidate;
        return true;
    }

    /// <summary>Writes exactly 128 bytes, in the form that <see cref="TryDecodeMontgomery"/> reads.</summary>
    /// <exception cref="ArgumentException">The destination is not 128 bytes long.</exception>
    public void EncodeMontgomery(Span<byte> bytes)
    {
        if (bytes.Length != ByteLength)
        {
            throw new ArgumentException("A G2 point takes exactly 128 bytes.", nameof(bytes));
        }

        X.C0.EncodeMontgomery(bytes[..32]);
        X.C1.EncodeMontgomery(bytes[32..64]);
        Y.C0.EncodeMontgomery(bytes[64..96]);
        Y.C1.EncodeMontgomery(bytes[96..]);
    }

    private static bool TryDecodePair(ReadOnlySpan<byte> bytes, out Fq2 value)
    {
        bool ok = Fq.TryDecodeMontgomery(bytes[..32], out Fq c0) & Fq.TryDecodeMontgomery(bytes[32..], out Fq c1);
        value = new Fq2(c0, c1);
        return ok;
    }
}
