using System.Numerics;
using VerifiableML.Algebra;

namespace VerifiableML.Protocol.Setup.Ptau;

/// <summary>Points as snarkjs writes them. All zeros is the point at infinity, as in EIP-196.</summary>
internal static class PtauPoints
{
    /// <summary>R⁻¹: takes the Montgomery representative <c>x·R</c>, read as an ordinary number, to <c>x</c>.</summary>
    private static readonly Fq InverseRadix = Fq.FromBigInteger(BigInteger.One << 256).Inverse();

    /// <summary>Reads a point of G1.</summary>
    /// <returns>False for non-canonical coordinates and points off the curve; G1 has no other subgroup.</returns>
    public static bool TryDecodeG1(ReadOnlySpan<byte> bytes, out G1 point)
    {
        Span<byte> encoding = stackalloc byte[G1.ByteLength];
        point = default;
        return TryConvert(bytes, encoding) && G1.TryDecode(encoding, out point);
    }

    /// <summary>Reads a point of G2.</summary>
    /// <returns>False for non-canonical coordinates, points off the curve and points outside the subgroup.</returns>
    public static bool TryDecodeG2(ReadOnlySpan<byte> bytes, out G2 point)
    {
        Span<byte> encoding = stackalloc byte[G2.ByteLength];
        point = default;
        if (!TryConvert(bytes, encoding))
        {
            return false;
        }

        // Real part first in the file, imaginary part first in EIP-197.
        Span<byte> swapped = stackalloc byte[G2.ByteLength];
        for (int i = 0; i < 4; i++)
        {
            encoding.Slice(i * Fq.ByteLength, Fq.ByteLength).CopyTo(swapped[((i ^ 1) * Fq.ByteLength)..]);
        }

        return G2.TryDecode(swapped, out point);
    }

    // Little-endian Montgomery representatives to big-endian numbers.
    private static bool TryConvert(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        Span<byte> bigEndian = stackalloc byte[Fq.ByteLength];
        for (int offset = 0; offset < destination.Length; offset += Fq.ByteLength)
        {
            source.Slice(offset, Fq.ByteLength).CopyTo(bigEndian);
            bigEndian.Reverse();
            if (!Fq.TryDecode(bigEndian, out Fq representative))
            {
                return false;
            }

            (representative * InverseRadix).Encode(destination.Slice(offset, Fq.ByteLength));
        }

        return true;
    }
}
