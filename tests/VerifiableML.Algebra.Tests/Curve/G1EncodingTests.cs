using System.Numerics;
using System.Security.Cryptography;

namespace VerifiableML.Algebra.Tests.Curve;

/// <summary>One point, one byte string, in both encodings.</summary>
public class G1EncodingTests
{
    private static readonly RandomNumberGenerator Generator = RandomNumberGenerator.Create();

    [Fact]
    public void Points_survive_both_encodings()
    {
        byte[] full = new byte[64], compressed = new byte[32];
        for (int i = 0; i < 20; i++)
        {
            G1 point = i == 0 ? G1.Infinity : G1.Generator.Multiply(Fr.Random(Generator));
            point.Encode(full);
            Assert.True(G1.TryDecode(full, out G1 decoded));
            Assert.Equal(point, decoded);
            point.EncodeCompressed(compressed);
            Assert.True(G1.TryDecodeCompressed(compressed, out decoded));
            Assert.Equal(point, decoded);
        }
    }

    [Fact]
    public void Infinity_is_zeros_or_the_flag_and_zeros()
    {
        byte[] full = new byte[64], compressed = new byte[32];
        G1.Infinity.Encode(full);
        Assert.All(full, b => Assert.Equal(0, b));
        G1.Infinity.EncodeCompressed(compressed);
        Assert.Equal(0x40, compressed[0]);
        Assert.All(compressed[1..], b => Assert.Equal(0, b));

        compressed[31] = 1;
        Assert.False(G1.TryDecodeCompressed(compressed, out _));
        Assert.False(G1.TryDecodeCompressed(new byte[32], out _));
        compressed[31] = 0;
        compressed[0] = 0x41;
        Assert.False(G1.TryDecodeCompressed(compressed, out _));
        compressed[0] = 0x80;
        Assert.False(G1.TryDecodeCompressed(compressed, out G1 point) && point.IsInfinity);
    }

    [Fact]
    public void Flags_tell_the_two_roots_apart()
    {
        byte[] bytes = new byte[32];
        bytes[31] = 1;
        bytes[0] = 0x80;
        Assert.True(G1.TryDecodeCompressed(bytes, out G1 point));
        Assert.Equal(G1.Generator, point);
        bytes[0] = 0xc0;
        Assert.True(G1.TryDecodeCompressed(bytes, out point));
        Assert.Equal(-G1.Generator, point);
        foreach (byte flag in new byte[] { 0x00, 0x40 })
        {
            bytes[0] = flag;
            Assert.False(G1.TryDecodeCompressed(bytes, out _));
        }
    }

    [Fact]
    public void Coordinates_off_the_curve_or_not_below_p_are_rejected()
    {
        byte[] bytes = new byte[64];
        G1.Generator.Encode(bytes);
        bytes[63] = 3;
        Assert.False(G1.TryDecode(bytes, out G1 point));
        Assert.True(point.IsInfinity);

        // (1, 2 + p) is congruent to the generator, (p, p) to infinity.
        Assert.False(G1.TryDecode(Coordinates(1, Fq.Modulus + 2), out _));
        Assert.False(G1.TryDecode(Coordinates(Fq.Modulus + 1, 2), out _));
        Assert.False(G1.TryDecode(Coordinates(Fq.Modulus, Fq.Modulus), out _));
        Assert.False(G1.TryDecode(Coordinates(0, 1), out _));
        Assert.True(G1.TryDecode(Coordinates(1, Fq.Modulus - 2), out point));
        Assert.Equal(-G1.Generator, point);

        // x = 4 has no point: 4³ + 3 = 67 is no square modulo p.
        byte[] compressed = new byte[32];
        compressed[0] = 0x80;
        compressed[31] = 4;
        Assert.False(G1.TryDecodeCompressed(compressed, out _));

        // The largest x that fits the 254 bits left is not below p.
        Array.Fill(compressed, (byte)0xff);
        Assert.False(G1.TryDecodeCompressed(compressed, out _));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(32)]
    [InlineData(63)]
    [InlineData(65)]
    public void Other_lengths_are_rejected(int length)
    {
        Assert.False(G1.TryDecode(new byte[length], out _));
        Assert.Throws<ArgumentException>(() => G1.Generator.Encode(new byte[length]));
        byte[] compressed = new byte[length + 1];
        compressed[0] = 0x40;
        Assert.False(G1.TryDecodeCompressed(compressed, out _));
        Assert.Throws<ArgumentException>(() => G1.Generator.EncodeCompressed(new byte[length + 1]));
    }

    private static byte[] Coordinates(BigInteger x, BigInteger y)
    {
        byte[] bytes = new byte[64];
        byte[] left = x.ToByteArray(isUnsigned: true, isBigEndian: true);
        byte[] right = y.ToByteArray(isUnsigned: true, isBigEndian: true);
        left.CopyTo(bytes, 32 - left.Length);
        right.CopyTo(bytes, 64 - right.Length);
        return bytes;
    }
}
