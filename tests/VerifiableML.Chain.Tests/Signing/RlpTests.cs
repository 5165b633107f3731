using System.Text.Json;
using VerifiableML.Chain.Signing;
using VerifiableML.Chain.Tests.Vectors;

namespace VerifiableML.Chain.Tests.Signing;

/// <summary>Recursive length prefix.</summary>
public sealed class RlpTests
{
    [Fact]
    public void Items_are_encoded_as_in_the_published_vectors()
    {
        foreach (JsonElement vector in VectorFile.Read("rlp.json"))
        {
            Assert.Equal(vector.Text("encoded"), "0x" + Convert.ToHexStringLower(Encode(vector.GetProperty("decoded"))));
        }
    }

    /// <summary>Prefixes by ethers 6.17.0.</summary>
    [Theory]
    [InlineData(55, "b76161")]
    [InlineData(56, "b83861")]
    [InlineData(1024, "b9040061")]
    public void Long_strings_have_the_length_of_their_length(int length, string start)
    {
        byte[] encoded = Rlp.Bytes(Enumerable.Repeat((byte)0x61, length).ToArray());
        Assert.StartsWith(start, Convert.ToHexStringLower(encoded), StringComparison.Ordinal);
    }

    [Fact]
    public void Long_lists_too() =>
        Assert.StartsWith("f83c0101", Convert.ToHexStringLower(Rlp.List(Enumerable.Repeat(Rlp.Integer(1), 60).ToArray())), StringComparison.Ordinal);

    [Fact]
    public void Numbers_have_no_leading_zeros()
    {
        Assert.Equal([0x80], Rlp.Integer(0));
        Assert.Equal([0x7f], Rlp.Integer(127));
        Assert.Equal([0x81, 0x80], Rlp.Integer(128));
        Assert.Equal([0x82, 0x01, 0x00], Rlp.Integer(256));
        Assert.Throws<ArgumentOutOfRangeException>(() => Rlp.Integer(-1));
    }

    private static byte[] Encode(JsonElement item) => item.ValueKind == JsonValueKind.Array
        ? Rlp.List(item.EnumerateArray().Select(Encode).ToArray())
        : Rlp.Bytes(VectorFile.Bytes(item.GetString()!));
}
