using System.Numerics;
using VerifiableML.Algebra;

namespace VerifiableML.Protocol.Setup.Ptau;

/// <summary>
/// The last "point" that snarkjs hashes for a domain of more than 2^14 rows when the file has no more powers than the domain needs: its loop then takes
/// the 64 bytes behind the section for a power of τ and subtracts a point from them. What comes out is on no curve and means nothing, but it is part of the
/// circuit's hash in every key that was made so, and has to be repeated to the bit.
/// <para>
/// The bytes need not be below p, and arithmetic that expects them to be goes wrong in its own way: so all of it is written here over integers below 2^256,
/// with the one conditional subtraction or addition of p by which it ends.
/// </para>
/// </summary>
internal static class OverreadPoint
{
    private static readonly BigInteger P = Fq.Modulus;
    private static readonly BigInteger Radix = BigInteger.One << 256;
    private static readonly BigInteger RadixInverse = BigInteger.ModPow(Radix % P, P - 2, P);

    // −p⁻¹ mod R by Newton's iteration, which doubles the number of right bits eight times.
    private static readonly BigInteger NegatedInverse = Radix - Enumerable.Range(0, 8).Aggregate(BigInteger.One, (x, _) => Low(x * (2 - (P * x))));

    /// <summary>What the formula for the sum of two affine points makes of the bytes and −<paramref name="lower"/>, encoded as in EIP-196.</summary>
    /// <param name="following">64 bytes: two coordinates in what would be their Montgomery form, little-endian.</param>
    /// <param name="lower">A point other than infinity.</param>
    public static byte[] Subtract(ReadOnlySpan<byte> following, in G1 lower)
    {
        var x1 = new BigInteger(following[..Fq.ByteLength], isUnsigned: true);
        var y1 = new BigInteger(following[Fq.ByteLength..], isUnsigned: true);
        BigInteger x2 = Montgomery(lower.X);
        BigInteger y2 = Subtract(BigInteger.Zero, Montgomery(lower.Y));

        // "madd-2007-bl" for two affine points: x3 = r² − J − 2V, y3 = r·(V − x3) − 2·y1·J, z3 = 2H.
        BigInteger h = Subtract(x2, x1);
        BigInteger hh = Multiply(h, h);
        BigInteger i = Add(Add(hh, hh), Add(hh, hh));
        BigInteger j = Multiply(h, i);
        BigInteger slope = Subtract(y2, y1);
        BigInteger r = Add(slope, slope);
        BigInteger v = Multiply(x1, i);
        BigInteger x3 = Subtract(Subtract(Multiply(r, r), j), Add(v, v));
        BigInteger y1j = Multiply(y1, j);
        BigInteger y3 = Subtract(Multiply(Subtract(v, x3), r), Add(y1j, y1j));
        return ToAffine(x3, y3, Add(h, h));
    }

    // From here on products have a factor below p, so that they are what they should be.
    private static byte[] ToAffine(BigInteger x, BigInteger y, BigInteger z)
    {
        Fq inverse = Element(z).Inverse();
        Fq squared = inverse.Square();
        var bytes = new byte[G1.ByteLength];
        (Element(x) * squared).Encode(bytes.AsSpan(0, Fq.ByteLength));
        (Element(y) * squared * inverse).Encode(bytes.AsSpan(Fq.ByteLength));
        return bytes;
    }

    private static BigInteger Add(BigInteger a, BigInteger b) => ReduceOnce(a + b);

    private static BigInteger Subtract(BigInteger a, BigInteger b) => a >= b ? a - b : Low(a - b + P);

    private static BigInteger Multiply(BigInteger a, BigInteger b)
    {
        BigInteger product = a * b;
        return ReduceOnce((product + (Low(product * NegatedInverse) * P)) >> 256);
    }

    private static BigInteger ReduceOnce(BigInteger sum) => sum >= P ? Low(sum - P) : sum;

    private static BigInteger Low(BigInteger value) => ((value % Radix) + Radix) % Radix;

    private static BigInteger Montgomery(in Fq element) => (element.ToBigInteger() << 256) % P;

    private static Fq Element(BigInteger representative) => Fq.FromBigInteger(representative * RadixInverse);
}
