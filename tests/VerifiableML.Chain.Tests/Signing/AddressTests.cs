using System.Text.Json;
using VerifiableML.Chain.Tests.Vectors;

namespace VerifiableML.Chain.Tests.Signing;

/// <summary>Addresses and their checksum.</summary>
public sealed class AddressTests
{
    private const string First = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266";

    [Fact]
    public void Checksums_are_those_of_the_published_vectors()
    {
        foreach (JsonElement vector in VectorFile.Read("addresses.json"))
        {
            string text = vector.GetString()!;
            Assert.True(Address.TryParse(text, out Address address), text);
            Assert.Equal(text, address.ToString());
            Assert.True(Address.TryParse(text.ToLowerInvariant(), out Address lower));
            Assert.Equal(address, lower);
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("f39Fd6e51aad88F6F4ce6aB8827279cffFb92266")]
    [InlineData("0xf39Fd6e51aad88F6F4ce6aB8827279cffFb9226")]
    [InlineData("0xf39Fd6e51aad88F6F4ce6aB8827279cffFb9226600")]
    [InlineData("0xg39fd6e51aad88f6f4ce6ab8827279cfffb92266")]
    [InlineData("0xF39Fd6e51aad88F6F4ce6aB8827279cffFb92266")]
    public void Other_text_is_no_address(string? text) => Assert.False(Address.TryParse(text, out _));

    /// <summary>Values by ethers 6.17.0.</summary>
    [Theory]
    [InlineData(0, "0x5FbDB2315678afecb367f032d93F642f64180aa3")]
    [InlineData(128, "0xB82008565FdC7e44609fA118A4a681E92581e680")]
    public void Contracts_are_found_from_creator_and_nonce(ulong nonce, string expected)
    {
        Assert.True(Address.TryParse(First, out Address creator));
        Assert.Equal(expected, Address.OfContract(creator, nonce).ToString());
    }
}
