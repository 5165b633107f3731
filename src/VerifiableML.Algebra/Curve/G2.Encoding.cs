namespace VerifiableML.Algebra;

/// <content>
/// The two encodings of a point: 128 bytes as in EIP-197, and 64 bytes with flags. In both, the coefficient of u comes first.
/// </content>
public readonly partial struct G2
{
    /// <summary>Bytes of an uncompressed point.</summary>
    public const int ByteLength = 128;

    /// <summary>Bytes of a compressed point.</summary>
    public const int CompressedByteLength = 64;

    /// <summary>
    /// Decodes exactly 128 bytes, x and y big-endian, each with the coefficient of u first (EIP-197; zeros for infinity). False for another
    /// length, a coefficient not below p, a point off the twist, and a point outside the group of order r.
    /// </summary>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, out G2 point)
    {
        point = default;
        if (bytes.Length != ByteLength || !TryDecodeCoordinate(bytes[..64], out Fq2 x) || !TryDecodeCoordinate(bytes[64..], out Fq2 y))
        {
            return false;
        }

        var candidate = new G2(x, y);
        if (!candidate.IsOnCurve || !candidate.IsInSubgroup)
        {
            return false;
        }

        point = candidate;
        return true;
    }

    /// <summary>Writes exactly 128 bytes, in the form that <see cref="TryDecode"/> reads.</summary>
    /// <exception cref="ArgumentException">The destination is not 128 bytes long.</exception>
    public void Encode(Span<byte> bytes)
    {
        if (bytes.Length != ByteLength)
        {
            throw new ArgumentException("A G2 point takes exactly 128 bytes.", nameof(bytes));
        }

        EncodeCoordinate(X, bytes[..64]);
        EncodeCoordinate(Y, bytes[64..]);
    }

    /// <summary>
    /// Decodes exactly 64 bytes: x, with the top two bits telling which root y is (10 the smaller, 11 the larger, by the coefficient of u
    /// first) or infinity (01, then zeros). False for another length, other flags, a coefficient not below p, an x without a point, and a
    /// point outside the group of order r.
    /// </summary>
    public static bool TryDecodeCompressed(ReadOnlySpan<byte> bytes, out G2 point)
    {
        point = default;
        if (bytes.Length != CompressedByteLength)
        {
            return false;
        }

        int flags = bytes[0] & PointCompression.Mask;
        if (flags is not (PointCompression.SmallerY or PointCompression.LargerY))
        {
            return PointCompression.IsInfinity(bytes);
        }

        Span<byte> coordinate = stackalloc byte[64];
        bytes.CopyTo(coordinate);
        coordinate[0] &= unchecked((byte)~PointCompression.Mask);
        if (!TryDecodeCoordinate(coordinate, out Fq2 x) || !CurveSide(x).TrySquareRoot(out Fq2 y))
        {
            return false;
        }

        var candidate = new G2(x, y.IsUpperHalf == (flags == PointCompression.LargerY) ? y : -y);
        if (!candidate.IsInSubgroup)
        {
            return false;
        }

        point = candidate;
        return true;
    }

    /// <summary>Writes exactly 64 bytes, in the form that <see cref="TryDecodeCompressed"/> reads.</summary>
    /// <exception cref="ArgumentException">The destination is not 64 bytes long.</exception>
    public void EncodeCompressed(Span<byte> bytes)
    {
        if (bytes.Length != CompressedByteLength)
        {
            throw new ArgumentException("A compressed G2 point takes exactly 64 bytes.", nameof(bytes));
        }

        EncodeCoordinate(X, bytes);
        bytes[0] |= IsInfinity ? PointCompression.Infinity : Y.IsUpperHalf ? PointCompression.LargerY : PointCompression.SmallerY;
    }

    private static bool TryDecodeCoordinate(ReadOnlySpan<byte> bytes, out Fq2 value)
    {
        bool ok = Fq.TryDecode(bytes[..32], out Fq c1) & Fq.TryDecode(bytes[32..], out Fq c0);
        value = new Fq2(c0, c1);
        return ok;
    }

    private static void EncodeCoordinate(in Fq2 value, Span<byte> bytes)
    {
        value.C1.Encode(bytes[..32]);
        value.C0.Encode(bytes[32..]);
    }
}
