using System.Numerics;
using System.Security.Cryptography;
using VerifiableML.Algebra.Tests.Oracles;

namespace VerifiableML.Algebra.Tests.Pairings;

public class PairingTests
{
    private static readonly RandomNumberGenerator Generator = RandomNumberGenerator.Create();

    public static TheoryData<string, string, string> Cases => OracleFile.Precompile("bn256Pairing.json");

    /// <summary>The cases of go-ethereum's precompiled contract 0x08 (EIP-197).</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void Product_agrees_with_the_precompile(string name, string input, string expected)
    {
        byte[] bytes = Convert.FromHexString(input);
        var pairs = new (G1, G2)[bytes.Length / 192];
        for (int i = 0; i < pairs.Length; i++)
        {
            Assert.True(G1.TryDecode(bytes.AsSpan(192 * i, 64), out G1 p), name);
            Assert.True(G2.TryDecode(bytes.AsSpan((192 * i) + 64, 128), out G2 q), name);
            pairs[i] = (p, q);
        }

        Assert.Equal(expected.EndsWith('1'), Pairing.ProductIsOne(pairs));
    }

    [Fact]
    public void Pairing_is_bilinear_and_not_degenerate()
    {
        Fq12 one = Pairing.Compute(G1.Generator, G2.Generator);
        Assert.False(one.IsOne);
        Assert.True(FieldPower.Pow(one, Fr.Modulus).IsOne);

        Fr a = Fr.Random(Generator), b = Fr.Random(Generator);
        G1 p = G1.Generator.Multiply(a);
        G2 q = G2.Generator.Multiply(b);
        Assert.Equal(FieldPower.Pow(one, (a * b).ToBigInteger()), Pairing.Compute(p, q));
        Assert.Equal(Pairing.Compute(p, G2.Generator), Pairing.Compute(G1.Generator, G2.Generator.Multiply(a)));
        Assert.Equal(Pairing.Compute(p, q).Conjugate(), Pairing.Compute(-p, q));
    }

    [Fact]
    public void Product_of_pairings_sees_every_pair()
    {
        Fr a = Fr.Random(Generator), b = Fr.Random(Generator);
        (G1, G2)[] pairs =
        [
            (G1.Generator.Multiply(a), G2.Generator.Multiply(b)),
            (G1.Generator.Multiply(-(a * b)), G2.Generator),
            (G1.Infinity, G2.Generator),
            (G1.Generator, G2.Infinity),
        ];
        Assert.True(Pairing.ProductIsOne(pairs));
        Assert.True(Pairing.ProductIsOne(pairs.AsSpan(2)));
        Assert.True(Pairing.ProductIsOne([]));
        Assert.False(Pairing.ProductIsOne(pairs.AsSpan(0, 1)));
        Assert.False(Pairing.ProductIsOne(pairs.AsSpan(1)));
        pairs[0].Item1 = -pairs[0].Item1;
        Assert.False(Pairing.ProductIsOne(pairs));
    }

    /// <summary>The exponent written out, against the chain of Frobenius maps and powers of the parameter.</summary>
    [Fact]
    public void Final_exponentiation_is_the_full_power()
    {
        Fq12 f = MillerLoop.Run([(G1.Generator, G2.Generator)]);
        BigInteger exponent = (BigInteger.Pow(Fq.Modulus, 12) - 1) / Fr.Modulus;
        Assert.Equal(FieldPower.Pow(f, exponent), FinalExponentiation.Run(f));
    }

    [Fact]
    public void Moduli_are_those_of_the_curve_parameter()
    {
        BigInteger x = Pairing.CurveParameter;
        BigInteger r = (36 * BigInteger.Pow(x, 4)) + (36 * BigInteger.Pow(x, 3)) + (18 * x * x) + (6 * x) + 1;
        Assert.Equal(r, Fr.Modulus);
        Assert.Equal(r + (6 * x * x), Fq.Modulus);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(1000003)]
    [InlineData(Pairing.CurveParameter)]
    public void Signed_digits_add_up(ulong value)
    {
        sbyte[] digits = SignedDigits.OfInteger(value);
        Assert.Equal(1, digits[0]);
        Assert.Equal(value, digits.Aggregate(BigInteger.Zero, (sum, digit) => (2 * sum) + digit));
        Assert.DoesNotContain(digits.Zip(digits.Skip(1)), pair => pair.First != 0 && pair.Second != 0);
    }
}
