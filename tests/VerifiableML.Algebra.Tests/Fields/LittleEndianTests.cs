using System.Numerics;

namespace VerifiableML.Algebra.Tests.Fields;

/// <summary>Little-endian encodings against the arithmetic of <see cref="BigInteger"/>.</summary>
public sealed class LittleEndianTests
{
    private static readonly BigInteger Radix = BigInteger.One << 256;

    [Fact]
    public void Integers_and_Montgomery_forms_are_what_big_integers_say()
    {
        for (int i = 0; i < 40; i++)
        {
            BigInteger value = BigInteger.Pow(7 + i, 91) % Fr.Modulus;
            var bytes = new byte[32];
            Fr.FromBigInteger(value).EncodeLittleEndian(bytes);
            Assert.Equal(value, new BigInteger(bytes, isUnsigned: true));
            Assert.True(Fr.TryDecodeLittleEndian(bytes, out Fr again));
            Assert.Equal(value, again.ToBigInteger());

            again.EncodeMontgomery(bytes);
            Assert.Equal(value * Radix % Fr.Modulus, new BigInteger(bytes, isUnsigned: true));
            Assert.True(Fr.TryDecodeMontgomery(bytes, out again));
            Assert.Equal(value, again.ToBigInteger());
        }
    }

    [Fact]
    public void The_modulus_and_other_lengths_are_refused()
    {
        byte[] modulus = Fq.Modulus.ToByteArray(isUnsigned: true);
        Assert.False(Fq.TryDecodeLittleEndian(modulus, out _));
        Assert.False(Fq.TryDecodeMontgomery(modulus, out _));
        Assert.False(Fr.TryDecodeMontgomery(Enumerable.Repeat((byte)0xff, 32).ToArray(), out _));
        Assert.False(Fr.TryDecodeMontgomery(new byte[31], out _));
        Assert.False(Fr.TryDecodeLittleEndian(new byte[33], out _));
    }

    [Fact]
    public void Points_survive_and_points_off_the_curve_or_outside_the_group_do_not()
    {
        var bytes = new byte[G2.ByteLength];
        G1 point = G1.Generator.Multiply(Fr.FromUInt64(77));
        point.EncodeMontgomery(bytes.AsSpan(0, 64));
        Assert.True(G1.TryDecodeMontgomery(bytes.AsSpan(0, 64), out G1 again));
        Assert.Equal(point, again);
        bytes[0] ^= 1;
        Assert.False(G1.TryDecodeMontgomery(bytes.AsSpan(0, 64), out _));

        G2 twist = G2.Generator.Multiply(Fr.FromUInt64(77));
        twist.EncodeMontgomery(bytes);
        Assert.True(G2.TryDecodeMontgomery(bytes, out G2 twistAgain));
        Assert.Equal(twist, twistAgain);
        bytes[127] ^= 1;
        Assert.False(G2.TryDecodeMontgomery(bytes, out _));
        OutsideTheGroup().EncodeMontgomery(bytes);
        Assert.False(G2.TryDecodeMontgomery(bytes, out _));
        Assert.True(G2.TryDecodeMontgomery(new byte[G2.ByteLength], out twistAgain));
        Assert.True(twistAgain.IsInfinity);
    }

    private static G2 OutsideTheGroup()
    {
        for (ulong i = 1; ; i++)
        {
            var x = new Fq2(Fq.FromUInt64(i), Fq.One);
            if (((x.Square() * x) + G2.TwistB).TrySquareRoot(out Fq2 y) && new G2(x, y) is { IsInSubgroup: false } point)
            {
                return point;
            }
        }
    }
}
