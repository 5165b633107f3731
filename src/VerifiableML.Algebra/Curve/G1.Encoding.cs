namespace VerifiableML.Algebra;

/// <content>The two encodings of a point: 64 bytes x ‖ y as in EIP-196, and 32 bytes x with flags.</content>
public readonly partial struct G1
{
    /// <summary>Bytes of an uncompressed point.</summary>
    public const int ByteLength = 64;

    /// <summary>Bytes of a compressed point.</summary>
    public const int CompressedByteLength = 32;

    /// <summary>
    /// Decodes exactly 64 bytes, x and y big-endian (EIP-196; zeros for infinity). False for another length, a coordinate not below p, and
    /// a point off the curve.
    /// </summary>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, out G1 point)
    {
        point = default;
        if (bytes.Length != ByteLength || !Fq.TryDecode(bytes[..32], out Fq x) || !Fq.TryDecode(bytes[32..], out Fq y))
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

    /// <summary>Writes exactly 64 bytes, x and y big-endian.</summary>
    /// <exception cref="ArgumentException">The destination is not 64 bytes long.</exception>
    public void Encode(Span<byte> bytes)
    {
        if (bytes.Length != ByteLength)
        {
            throw new ArgumentException("A G1 point takes exactly 64 bytes.", nameof(bytes));
        }

        X.Encode(bytes[..32]);
        Y.Encode(bytes[32..]);
    }

    /// <summary>
    /// Decodes exactly 32 bytes: x big-endian, with the top two bits telling which root y is (10 the smaller, 11 the larger) or infinity
    /// (01, then zeros). False for another length, other flags, x not below p, and an x without a point.
    /// </summary>
    public static bool TryDecodeCompressed(ReadOnlySpan<byte> bytes, out G1 point)
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

        Span<byte> coordinate = stackalloc byte[32];
        bytes.CopyTo(coordinate);
        coordinate[0] &= unchecked((byte)~PointCompression.Mask);
        if (!Fq.TryDecode(coordinate, out Fq x) || !CurveSide(x).TrySquareRoot(out Fq y))
        {
            return false;
        }

        // y = 0 would leave the sign without a meaning, but −3 is not a cube modulo p, so no point has it.
        point = new G1(x, y.IsUpperHalf == (flags == PointCompression.LargerY) ? y : -y);
        return true;
    }

    /// <summary>Writes exactly 32 bytes, in the form that <see cref="TryDecodeCompressed"/> reads.</summary>
    /// <exception cref="ArgumentException">The destination is not 32 bytes long.</exception>
    public void EncodeCompressed(Span<byte> bytes)
    {
        if (bytes.Length != CompressedByteLength)
        {
            throw new ArgumentException("A compressed G1 point takes exactly 32 bytes.", nameof(bytes));
        }

        X.Encode(bytes);
        bytes[0] |= IsInfinity ? PointCompression.Infinity : Y.IsUpperHalf ? PointCompression.LargerY : PointCompression.SmallerY;
    }
}
