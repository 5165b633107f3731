using System.Numerics;

namespace VerifiableML.Algebra.Tests.Oracles;

/// <summary>Every layer against @noble/curves.</summary>
public class NobleTests
{
    private static readonly NobleVectors Vectors = NobleVectors.Load();

    [Fact]
    public void Fr_agrees()
    {
        foreach (FieldCase item in Vectors.Fr)
        {
            Fr a = ParseFr(item.A), b = ParseFr(item.B);
            Assert.Equal(ParseFr(item.Sum), a + b);
            Assert.Equal(ParseFr(item.Difference), a - b);
            Assert.Equal(ParseFr(item.Product), a * b);
            Assert.Equal(ParseFr(item.Square), a.Square());
            Assert.Equal(ParseFr(item.Inverse), a.Inverse());
            Assert.Equal(ParseFr(item.Power), a.Pow(b.ToBigInteger()));
        }
    }

    [Fact]
    public void Fq_agrees()
    {
        foreach (FieldCase item in Vectors.Fq)
        {
            Fq a = ParseFq(item.A), b = ParseFq(item.B);
            Assert.Equal(ParseFq(item.Sum), a + b);
            Assert.Equal(ParseFq(item.Difference), a - b);
            Assert.Equal(ParseFq(item.Product), a * b);
            Assert.Equal(ParseFq(item.Square), a.Square());
            Assert.Equal(ParseFq(item.Inverse), a.Inverse());
            Assert.Equal(ParseFq(item.Power), a.Pow(b.ToBigInteger()));
        }
    }

    [Fact]
    public void Fq2_agrees()
    {
        foreach (ExtensionCase item in Vectors.Fq2)
        {
            Fq2 a = ParseFq2(item.A), b = ParseFq2(item.B);
            Assert.Equal(ParseFq2(item.Product), a * b);
            Assert.Equal(ParseFq2(item.Square), a.Square());
            Assert.Equal(ParseFq2(item.Inverse), a.Inverse());
        }
    }

    [Fact]
    public void Fq12_agrees()
    {
        foreach (ExtensionCase item in Vectors.Fq12)
        {
            Fq12 a = ParseFq12(item.A), b = ParseFq12(item.B);
            Assert.Equal(ParseFq12(item.Product), a * b);
            Assert.Equal(ParseFq12(item.Square), a.Square());
            Assert.Equal(ParseFq12(item.Inverse), a.Inverse());
        }
    }

    [Fact]
    public void G1_agrees()
    {
        foreach (GroupCase item in Vectors.G1)
        {
            G1 p = G1.Generator.Multiply(ParseFr(item.Scalar)), q = G1.Generator.Multiply(ParseFr(item.Other));
            Assert.Equal(ParseG1(item.Multiple), p);
            Assert.Equal(ParseG1(item.Sum), p + q);
            Assert.Equal(ParseG1(item.Double), p + p);
        }
    }

    [Fact]
    public void G2_agrees()
    {
        foreach (GroupCase item in Vectors.G2)
        {
            G2 p = G2.Generator.Multiply(ParseFr(item.Scalar)), q = G2.Generator.Multiply(ParseFr(item.Other));
            Assert.Equal(ParseG2(item.Multiple), p);
            Assert.Equal(ParseG2(item.Sum), p + q);
            Assert.Equal(ParseG2(item.Double), p + p);
        }
    }

    /// <summary>
    /// The library's final exponentiation takes a multiple of (p¹² − 1)/r, which is as good a pairing: that of Fuentes-Castañeda, Knapp and
    /// Rodríguez-Henríquez ("Faster hashing to G2", 2011), with the cofactor 2x(6x² + 3x + 1).
    /// </summary>
    [Fact]
    public void Pairing_agrees_up_to_its_cofactor()
    {
        BigInteger x = Pairing.CurveParameter;
        BigInteger cofactor = 2 * x * ((6 * x * x) + (3 * x) + 1);
        foreach (PairingCase item in Vectors.Pairing)
        {
            G1 p = G1.Generator.Multiply(ParseFr(item.Scalar));
            G2 q = G2.Generator.Multiply(ParseFr(item.Other));
            Assert.Equal(ParseFq12(item.Value), FieldPower.Pow(Pairing.Compute(p, q), cofactor));
        }
    }

    private static Fr ParseFr(string hex)
    {
        Assert.True(Fr.TryDecode(Convert.FromHexString(hex), out Fr value));
        return value;
    }

    private static Fq ParseFq(string hex)
    {
        Assert.True(Fq.TryDecode(Convert.FromHexString(hex), out Fq value));
        return value;
    }

    private static Fq2 ParseFq2(ReadOnlySpan<string> hex) => new(ParseFq(hex[0]), ParseFq(hex[1]));

    private static Fq6 ParseFq6(ReadOnlySpan<string> hex) => new(ParseFq2(hex), ParseFq2(hex[2..]), ParseFq2(hex[4..]));

    private static Fq12 ParseFq12(ReadOnlySpan<string> hex) => new(ParseFq6(hex), ParseFq6(hex[6..]));

    private static G1 ParseG1(string[] hex)
    {
        Assert.True(G1.TryDecode(Convert.FromHexString(string.Concat(hex)), out G1 point));
        return point;
    }

    /// <summary>The file has c₀ first, EIP-197 has c₁ first.</summary>
    private static G2 ParseG2(string[] hex)
    {
        Assert.True(G2.TryDecode(Convert.FromHexString(hex[1] + hex[0] + hex[3] + hex[2]), out G2 point));
        return point;
    }
}
