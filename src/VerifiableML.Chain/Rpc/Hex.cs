using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;

namespace VerifiableML.Chain.Rpc;

/// <summary>The two ways in which JSON-RPC writes values: quantities without leading zeros, data with two digits a byte (Ethereum execution API, "hex encoding").</summary>
public static class Hex
{
    /// <summary>Most digits of a quantity: 256 bits.</summary>
    private const int MaximumDigits = 64;

    /// <summary>A number: <c>0x0</c>, <c>0x41</c>.</summary>
    public static string Quantity(ulong value) => "0x" + value.ToString("x", CultureInfo.InvariantCulture);

    /// <summary>A number that is not negative.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A negative number.</exception>
    public static string Quantity(BigInteger value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        string digits = value.ToString("x", CultureInfo.InvariantCulture).TrimStart('0');
        return digits.Length == 0 ? "0x0" : "0x" + digits;
    }

    /// <summary>Bytes.</summary>
    public static string Data(ReadOnlySpan<byte> bytes) => "0x" + Convert.ToHexStringLower(bytes);

    /// <summary>Reads a quantity of at most 256 bits; leading zeros are refused, as there is one way to write each.</summary>
    public static bool TryDecodeQuantity([NotNullWhen(true)] string? text, out BigInteger value)
    {
        value = default;
        if (text is null || !text.StartsWith("0x", StringComparison.Ordinal) || text.Length is < 3 or > MaximumDigits + 2
            || (text[2] == '0' && text.Length > 3) || !text.AsSpan(2).ContainsOnlyDigits())
        {
            return false;
        }

        value = BigInteger.Parse("0" + text[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        return true;
    }

    /// <summary>Reads a quantity of at most 64 bits.</summary>
    public static bool TryDecodeQuantity([NotNullWhen(true)] string? text, out ulong value)
    {
        bool isRead = TryDecodeQuantity(text, out BigInteger large) && large <= ulong.MaxValue;
        value = isRead ? (ulong)large : 0;
        return isRead;
    }

    /// <summary>Reads bytes, an even number of digits behind <c>0x</c>.</summary>
    public static bool TryDecodeData([NotNullWhen(true)] string? text, [NotNullWhen(true)] out byte[]? bytes)
    {
        bytes = null;
        if (text is null || !text.StartsWith("0x", StringComparison.Ordinal) || text.Length % 2 != 0 || !text.AsSpan(2).ContainsOnlyDigits())
        {
            return false;
        }

        bytes = Convert.FromHexString(text.AsSpan(2));
        return true;
    }

    private static bool ContainsOnlyDigits(this ReadOnlySpan<char> text)
    {
        foreach (char character in text)
        {
            if (!char.IsAsciiHexDigit(character))
            {
                return false;
            }
        }

        return true;
    }
}
