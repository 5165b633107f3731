using System.Reflection;
using System.Text.Json;
using VerifiableML.Chain.Signing;

namespace VerifiableML.Chain.Tests.Signing;

/// <summary>Keys: what is one, and that nothing gives it out.</summary>
public sealed class PrivateKeyTests
{
    private const string Order = "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141";

    [Fact]
    public void Keys_are_below_the_group_order_and_not_zero()
    {
        Assert.False(PrivateKey.TryParse(new string('0', 64), out _));
        Assert.False(PrivateKey.TryParse(Order, out _));
        Assert.False(PrivateKey.TryParse(new string('f', 64), out _));
        Assert.True(PrivateKey.TryParse(Order[..63] + "0", out _));
        Assert.False(PrivateKey.TryParse("0x01", out _));
        Assert.False(PrivateKey.TryParse(null, out _));
        Assert.False(PrivateKey.TryDecode(new byte[33], out _));
    }

    [Fact]
    public void No_text_and_no_public_member_shows_the_key()
    {
        const string digits = "4c0883a69102937d6231471b5dbb6204fe5129617082792ae468d01a3f362318";
        Assert.True(PrivateKey.TryParse(digits, out PrivateKey? key));
        Assert.Equal(key.Address.ToString(), key.ToString());
        Assert.DoesNotContain(digits, JsonSerializer.Serialize(key), StringComparison.OrdinalIgnoreCase);
        PropertyInfo property = Assert.Single(typeof(PrivateKey).GetProperties());
        Assert.Equal(nameof(PrivateKey.Address), property.Name);
        Assert.Empty(typeof(PrivateKey).GetFields(BindingFlags.Public | BindingFlags.Instance));
    }

    [Fact]
    public void New_keys_differ() => Assert.NotEqual(PrivateKey.Generate().Address, PrivateKey.Generate().Address);
}
