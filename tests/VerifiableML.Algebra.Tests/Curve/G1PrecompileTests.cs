using System.Numerics;
using VerifiableML.Algebra.Tests.Oracles;

namespace VerifiableML.Algebra.Tests.Curve;

/// <summary>G1 against the cases of go-ethereum's precompiled contracts 0x06 and 0x07 (EIP-196).</summary>
public class G1PrecompileTests
{
    public static TheoryData<string, string, string> Additions => OracleFile.Precompile("bn256Add.json");

    public static TheoryData<string, string, string> Multiplications => OracleFile.Precompile("bn256ScalarMul.json");

    [Theory]
    [MemberData(nameof(Additions))]
    public void Addition_agrees(string name, string input, string expected)
    {
        byte[] bytes = OracleFile.CallData(input, 128);
        Assert.True(G1.TryDecode(bytes.AsSpan(0, 64), out G1 left), name);
        Assert.True(G1.TryDecode(bytes.AsSpan(64, 64), out G1 right), name);
        Assert.Equal(expected, Hex(left + right));
        Assert.Equal(expected, Hex(G1.FromJacobian(left.ToJacobian() + right.ToJacobian())));
        Assert.Equal(left, left + right - right);
    }

    [Theory]
    [MemberData(nameof(Multiplications))]
    public void Multiplication_agrees(string name, string input, string expected)
    {
        byte[] bytes = OracleFile.CallData(input, 96);
        Assert.True(G1.TryDecode(bytes.AsSpan(0, 64), out G1 point), name);
        var scalar = new BigInteger(bytes.AsSpan(64, 32), isUnsigned: true, isBigEndian: true);
        Assert.Equal(expected, Hex(point.Multiply(Fr.FromBigInteger(scalar))));
    }

    private static string Hex(G1 point)
    {
        byte[] bytes = new byte[G1.ByteLength];
        point.Encode(bytes);
        return Convert.ToHexStringLower(bytes);
    }
}
