using System.Numerics;
using System.Security.Cryptography;

namespace VerifiableML.Algebra.Tests.Fields;

/// <summary>Fr and Fq against <see cref="BigInteger"/> arithmetic.</summary>
public class FieldElementTests
{
    private static readonly RandomNumberGenerator Generator = RandomNumberGenerator.Create();

    private static IEnumerable<BigInteger> Samples(BigInteger modulus)
    {
        yield return 0;
        yield return 1;
        yield return 2;
        yield return modulus - 1;
        yield return modulus - 2;
        yield return (modulus - 1) / 2;
        yield return (BigInteger.One << 64) - 1;
        yield return BigInteger.One << 64;
        yield return BigInteger.One << 192;
        yield return (BigInteger.One << 253) - 1;
        for (int i = 0; i < 20; i++)
        {
            byte[] bytes = new byte[40];
            Generator.GetBytes(bytes);
            yield return new BigInteger(bytes, isUnsigned: true) % modulus;
        }
    }

    [Fact]
    public void Fr_agrees_with_integers_modulo_r()
    {
        BigInteger r = Fr.Modulus;
        Assert.Equal(BigInteger.Parse("21888242871839275222246405745257275088548364400416034343698204186575808495617"), r);
        foreach (BigInteger x in Samples(r))
        {
            Fr a = Fr.FromBigInteger(x);
            Assert.Equal(x, a.ToBigInteger());
            Assert.Equal((r - x) % r, (-a).ToBigInteger());
            Assert.Equal(x * x % r, a.Square().ToBigInteger());
            Assert.Equal(x * 2 % r, a.Double().ToBigInteger());
            Assert.Equal(BigInteger.ModPow(x, r - 2, r), a.Inverse().ToBigInteger());
            Assert.Equal(BigInteger.ModPow(x, 77, r), a.Pow(77UL).ToBigInteger());
            Assert.Equal(BigInteger.ModPow(x, r - 5, r), a.Pow(r - 5).ToBigInteger());
            foreach (BigInteger y in Samples(r))
            {
                Fr b = Fr.FromBigInteger(y);
                Assert.Equal((x + y) % r, (a + b).ToBigInteger());
                Assert.Equal((x - y + r) % r, (a - b).ToBigInteger());
                Assert.Equal(x * y % r, (a * b).ToBigInteger());
                Assert.Equal(x == y, a == b);
            }
        }
    }

    [Fact]
    public void Fq_agrees_with_integers_modulo_p()
    {
        BigInteger p = Fq.Modulus;
        Assert.Equal(BigInteger.Parse("21888242871839275222246405745257275088696311157297823662689037894645226208583"), p);
        foreach (BigInteger x in Samples(p))
        {
            Fq a = Fq.FromBigInteger(x);
            Assert.Equal(x, a.ToBigInteger());
            Assert.Equal((p - x) % p, (-a).ToBigInteger());
            Assert.Equal(x * x % p, a.Square().ToBigInteger());
            Assert.Equal(x * 2 % p, a.Double().ToBigInteger());
            Assert.Equal(BigInteger.ModPow(x, p - 2, p), a.Inverse().ToBigInteger());
            foreach (BigInteger y in Samples(p))
            {
                Fq b = Fq.FromBigInteger(y);
                Assert.Equal((x + y) % p, (a + b).ToBigInteger());
                Assert.Equal((x - y + p) % p, (a - b).ToBigInteger());
                Assert.Equal(x * y % p, (a * b).ToBigInteger());
            }
        }
    }

    [Fact]
    public void Square_roots_exist_for_squares_only()
    {
        foreach (BigInteger x in Samples(Fq.Modulus))
        {
            Assert.Equal(x > (Fq.Modulus - 1) / 2, Fq.FromBigInteger(x).IsUpperHalf);
            Fq square = Fq.FromBigInteger(x).Square();
            Assert.True(square.TrySquareRoot(out Fq root));
            Assert.Equal(square, root.Square());
            if (!square.IsZero)
            {
                // −1 is not a square modulo p, as p ≡ 3 (mod 4).
                Assert.False((-square).TrySquareRoot(out _));
            }
        }
    }

    [Fact]
    public void Signed_integers_map_to_both_ends_of_the_field()
    {
        foreach (long value in new[] { 0, 1, -1, 127, -128, int.MinValue, long.MaxValue, long.MinValue })
        {
            Assert.Equal(Fr.FromBigInteger(value), Fr.FromInt64(value));
            Assert.Equal(Fq.FromBigInteger(value), Fq.FromInt64(value));
        }

        Assert.Equal(Fr.FromBigInteger(ulong.MaxValue), Fr.FromUInt64(ulong.MaxValue));
        Assert.Equal(Fr.Modulus - 1, Fr.FromInt64(-1).ToBigInteger());
    }

    [Fact]
    public void Decoding_accepts_exactly_the_canonical_encodings()
    {
        Span<byte> bytes = stackalloc byte[32];
        foreach (BigInteger x in Samples(Fr.Modulus))
        {
            Fr.FromBigInteger(x).Encode(bytes);
            Assert.Equal(x, new BigInteger(bytes, isUnsigned: true, isBigEndian: true));
            Assert.True(Fr.TryDecode(bytes, out Fr decoded));
            Assert.Equal(x, decoded.ToBigInteger());
        }

        foreach (BigInteger x in new[] { Fr.Modulus, Fr.Modulus + 1, Fr.Modulus * 2, (BigInteger.One << 256) - 1 })
        {
            Assert.False(Fr.TryDecode(BigEndian(x), out Fr rejected));
            Assert.Equal(Fr.Zero, rejected);
        }

        Assert.True(Fq.TryDecode(BigEndian(Fr.Modulus), out _));
        Assert.False(Fq.TryDecode(BigEndian(Fq.Modulus), out _));
        Assert.True(Fq.TryDecode(BigEndian(Fq.Modulus - 1), out _));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(33)]
    public void Decoding_rejects_other_lengths(int length)
    {
        Assert.False(Fr.TryDecode(new byte[length], out _));
        Assert.False(Fq.TryDecode(new byte[length], out _));
        Assert.Throws<ArgumentException>(() => Fr.One.Encode(new byte[length]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(16)]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(48)]
    [InlineData(65)]
    public void Wide_bytes_are_reduced(int length)
    {
        byte[] bytes = new byte[length];
        Array.Fill(bytes, (byte)0xff);
        BigInteger expected = new(bytes, isUnsigned: true, isBigEndian: true);
        Assert.Equal(expected % Fr.Modulus, Fr.FromWideBytes(bytes).ToBigInteger());
        Assert.Equal(expected % Fq.Modulus, Fq.FromWideBytes(bytes).ToBigInteger());
    }

    [Fact]
    public void Zero_has_no_inverse()
    {
        Assert.False(Fr.Zero.TryInverse(out Fr inverse));
        Assert.Equal(Fr.Zero, inverse);
        Assert.True(Fr.FromInt64(3).TryInverse(out inverse));
        Assert.Equal(Fr.One, inverse * Fr.FromInt64(3));
        Assert.Equal(Fr.One, Fr.Zero.Pow(0UL));
        Assert.Throws<ArgumentOutOfRangeException>(() => Fr.One.Pow(BigInteger.MinusOne));
    }

    [Fact]
    public void Random_inverses_hold()
    {
        for (int i = 0; i < 2000; i++)
        {
            Fr a = Fr.Random(Generator);
            Fq b = Fq.Random(Generator);
            Assert.Equal(Fr.One, a * a.Inverse());
            Assert.Equal(Fq.One, b * b.Inverse());
        }
    }

    private static byte[] BigEndian(BigInteger value)
    {
        byte[] bytes = new byte[32];
        byte[] digits = value.ToByteArray(isUnsigned: true, isBigEndian: true);
        digits.CopyTo(bytes, 32 - digits.Length);
        return bytes;
    }
}
