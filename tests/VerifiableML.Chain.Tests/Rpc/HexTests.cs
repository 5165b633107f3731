using System.Numerics;
using VerifiableML.Chain.Rpc;

namespace VerifiableML.Chain.Tests.Rpc;

/// <summary>Examples of the execution API's "hex encoding", and their neighbours.</summary>
public sealed class HexTests
{
    [Theory]
    [InlineData(0, "0x0")]
    [InlineData(65, "0x41")]
    [InlineData(1024, "0x400")]
    [InlineData(255, "0xff")]
    public void Quantities(ulong value, string text)
    {
        Assert.Equal(text, Hex.Quantity(value));
        Assert.Equal(text, Hex.Quantity((BigInteger)value));
        Assert.True(Hex.TryDecodeQuantity(text, out ulong read));
        Assert.Equal(value, read);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("0x")]
    [InlineData("0x0400")]
    [InlineData("ff")]
    [InlineData("0xfg")]
    [InlineData("0x-1")]
    [InlineData("0x 1")]
    [InlineData("0x10000000000000000")]
    public void No_quantities_of_64_bits(string? text) => Assert.False(Hex.TryDecodeQuantity(text, out ulong _));

    [Fact]
    public void Quantities_have_at_most_256_bits()
    {
        Assert.True(Hex.TryDecodeQuantity("0x" + new string('f', 64), out BigInteger largest));
        Assert.Equal(BigInteger.Pow(2, 256) - 1, largest);
        Assert.Equal("0x" + new string('f', 64), Hex.Quantity(largest));
        Assert.False(Hex.TryDecodeQuantity("0x1" + new string('0', 64), out BigInteger _));
    }

    [Theory]
    [InlineData("0x", 0)]
    [InlineData("0x004200", 3)]
    [InlineData("0xAb", 1)]
    public void Data(string text, int length)
    {
        Assert.True(Hex.TryDecodeData(text, out byte[]? bytes));
        Assert.Equal(length, bytes.Length);
        Assert.Equal(text.ToLowerInvariant(), Hex.Data(bytes));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0xf0f0f")]
    [InlineData("004200")]
    [InlineData("0x0g")]
    public void No_data(string? text) => Assert.False(Hex.TryDecodeData(text, out _));
}
