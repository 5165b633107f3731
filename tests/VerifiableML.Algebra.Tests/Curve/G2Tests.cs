using System.Numerics;
using System.Security.Cryptography;

namespace VerifiableML.Algebra.Tests.Curve;

/// <summary>The group on the twist: laws, membership, and one byte string per point.</summary>
public class G2Tests
{
    private static readonly RandomNumberGenerator Generator = RandomNumberGenerator.Create();

    [Fact]
    public void Generator_has_order_r()
    {
        Assert.True(G2.Generator.IsOnCurve);
        Assert.True(G2.Generator.IsInSubgroup);
        Assert.Equal(-G2.Generator, G2.Generator.Multiply(-Fr.One));
        Assert.True(MultiplyByInteger(G2.Generator, Fr.Modulus).IsInfinity);
        Assert.True(G2.Infinity.IsOnCurve && G2.Infinity.IsInSubgroup);
    }

    [Fact]
    public void Multiples_add_like_their_scalars()
    {
        for (int i = 0; i < 5; i++)
        {
            Fr a = Fr.Random(Generator), b = Fr.Random(Generator);
            G2 p = G2.Generator.Multiply(a), q = G2.Generator.Multiply(b);
            Assert.True(p.IsOnCurve && p.IsInSubgroup);
            Assert.Equal(G2.Generator.Multiply(a + b), p + q);
            Assert.Equal(G2.Generator.Multiply(a - b), p - q);
            Assert.Equal(p + p, p.Multiply(Fr.FromInt64(2)));
            Assert.Equal([p, q], G2.FromJacobian([p.ToJacobian(), q.ToJacobian()]));
        }
    }

    [Fact]
    public void Points_survive_both_encodings()
    {
        byte[] full = new byte[128], compressed = new byte[64];
        for (int i = 0; i < 10; i++)
        {
            G2 point = i == 0 ? G2.Infinity : G2.Generator.Multiply(Fr.Random(Generator));
            point.Encode(full);
            Assert.True(G2.TryDecode(full, out G2 decoded));
            Assert.Equal(point, decoded);
            point.EncodeCompressed(compressed);
            Assert.True(G2.TryDecodeCompressed(compressed, out decoded));
            Assert.Equal(point, decoded);
        }
    }

    /// <summary>The generator as gnark-crypto compresses it.</summary>
    [Fact]
    public void Compressed_form_is_that_of_gnark()
    {
        byte[] compressed = new byte[64];
        G2.Generator.EncodeCompressed(compressed);
        Assert.Equal(
            "998e9393920d483a7260bfb731fb5d25f1aa493335a9e71297e485b7aef312c2"
            + "1800deef121f1e76426a00665e5c4479674322d4f75edadd46debd5cd992f6ed",
            Convert.ToHexStringLower(compressed));
    }

    /// <summary>A point of the twist that is not of order r: the membership test against the multiplication by r itself.</summary>
    [Fact]
    public void Points_of_the_twist_outside_the_group_are_rejected()
    {
        int outside = 0;
        byte[] full = new byte[128], compressed = new byte[64];
        for (int x = 0; outside < 3; x++)
        {
            compressed.AsSpan().Clear();
            compressed[63] = (byte)x;
            Fq2 abscissa = new(Fq.FromInt64(x), Fq.Zero);
            if (!((abscissa.Square() * abscissa) + G2.TwistB).TrySquareRoot(out Fq2 y))
            {
                continue;
            }

            var point = new G2(abscissa, y);
            Assert.True(point.IsOnCurve);
            Assert.Equal(MultiplyByInteger(point, Fr.Modulus).IsInfinity, point.IsInSubgroup);
            Assert.False(point.IsInSubgroup);
            point.Encode(full);
            Assert.False(G2.TryDecode(full, out G2 decoded));
            Assert.True(decoded.IsInfinity);
            point.EncodeCompressed(compressed);
            Assert.False(G2.TryDecodeCompressed(compressed, out _));

            // Clearing the cofactor 2p − r leads into the group, and adding the point leads out again.
            G2 member = MultiplyByInteger(point, (2 * Fq.Modulus) - Fr.Modulus);
            Assert.True(member.IsInSubgroup && !member.IsInfinity);
            Assert.False((member + point).IsInSubgroup);
            outside++;
        }
    }

    [Fact]
    public void Infinity_has_one_encoding()
    {
        byte[] compressed = new byte[64];
        compressed[0] = 0x40;
        Assert.True(G2.TryDecodeCompressed(compressed, out G2 point));
        Assert.True(point.IsInfinity);
        compressed[63] = 1;
        Assert.False(G2.TryDecodeCompressed(compressed, out _));
        Assert.False(G2.TryDecodeCompressed(new byte[64], out _));
        Assert.True(G2.TryDecode(new byte[128], out point));
        Assert.True(point.IsInfinity);
    }

    [Fact]
    public void Wrong_flags_and_coordinates_are_rejected()
    {
        byte[] full = new byte[128], compressed = new byte[64];
        G2.Generator.EncodeCompressed(compressed);
        byte first = compressed[0];
        compressed[0] ^= 0x40;
        Assert.True(G2.TryDecodeCompressed(compressed, out G2 point));
        Assert.Equal(-G2.Generator, point);
        foreach (byte flags in new byte[] { 0x00, 0x40 })
        {
            compressed[0] = (byte)((first & 0x3f) | flags);
            Assert.False(G2.TryDecodeCompressed(compressed, out _));
        }

        G2.Generator.Encode(full);
        full[127] ^= 1;
        Assert.False(G2.TryDecode(full, out _));
        foreach (int coordinate in new[] { 0, 32, 64, 96 })
        {
            G2.Generator.Encode(full);
            Span<byte> slot = full.AsSpan(coordinate, 32);
            var raised = new BigInteger(slot, isUnsigned: true, isBigEndian: true) + Fq.Modulus;
            raised.ToByteArray(isUnsigned: true, isBigEndian: true).CopyTo(slot);
            Assert.False(G2.TryDecode(full, out _));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(63)]
    [InlineData(127)]
    [InlineData(129)]
    public void Other_lengths_are_rejected(int length)
    {
        Assert.False(G2.TryDecode(new byte[length], out _));
        Assert.Throws<ArgumentException>(() => G2.Generator.Encode(new byte[length]));
        byte[] compressed = new byte[length + 2];
        compressed[0] = 0x40;
        Assert.False(G2.TryDecodeCompressed(compressed, out _));
        Assert.Throws<ArgumentException>(() => G2.Generator.EncodeCompressed(new byte[length + 2]));
    }

    private static G2 MultiplyByInteger(G2 point, BigInteger integer)
    {
        G2Jacobian sum = G2Jacobian.Infinity;
        for (long bit = integer.GetBitLength() - 1; bit >= 0; bit--)
        {
            sum = sum.Double();
            if (!((integer >> (int)bit) & BigInteger.One).IsZero)
            {
                sum += point.ToJacobian();
            }
        }

        return G2.FromJacobian(sum);
    }
}
