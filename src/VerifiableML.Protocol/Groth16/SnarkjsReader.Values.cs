using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using VerifiableML.Algebra;

namespace VerifiableML.Protocol.Groth16;

/// <content>Numbers and points. After an error these return something, which nobody must use.</content>
internal sealed partial class SnarkjsReader
{
    // Digits of both moduli.
    private const int MaximumDigits = 77;

    /// <summary>A number below r.</summary>
    public Fr Scalar(JsonElement element, string place)
    {
        if (!Fr.TryDecode(Number(element, place), out Fr value))
        {
            Fail(place, "not below the order r of the groups");
        }

        return value;
    }

    /// <summary>A point of G1 as [x, y, z].</summary>
    public G1 PointOfG1(JsonElement element, string place)
    {
        Fq[] coordinates = System.Array.ConvertAll(Array(element, place, 3, 3), part => Coordinate(part, place));
        if (coordinates is not [Fq x, Fq y, Fq z] || IsInfinity(x, y, z, place))
        {
            return G1.Infinity;
        }

        var bytes = new byte[G1.ByteLength];
        x.Encode(bytes.AsSpan(0, 32));
        y.Encode(bytes.AsSpan(32));
        if (!G1.TryDecode(bytes, out G1 point) || point.IsInfinity)
        {
            Fail(place, "not a point of the curve");
        }

        return point;
    }

    /// <summary>A point of G2 as [[x₀, x₁], [y₀, y₁], [z₀, z₁]], the coefficient of u second.</summary>
    public G2 PointOfG2(JsonElement element, string place)
    {
        Fq2[] coordinates = System.Array.ConvertAll(Array(element, place, 3, 3), part => Pair(part, place));
        if (coordinates is not [Fq2 x, Fq2 y, Fq2 z] || IsInfinity(x, y, z, place))
        {
            return G2.Infinity;
        }

        // EIP-197 puts the coefficient of u first.
        var bytes = new byte[G2.ByteLength];
        x.C1.Encode(bytes.AsSpan(0, 32));
        x.C0.Encode(bytes.AsSpan(32, 32));
        y.C1.Encode(bytes.AsSpan(64, 32));
        y.C0.Encode(bytes.AsSpan(96));
        if (!G2.TryDecode(bytes, out G2 point) || point.IsInfinity)
        {
            Fail(place, "not a point of the twist's group of order r");
        }

        return point;
    }

    /// <summary>A value of the pairing as a nest of pairs and triples, each with the lowest coefficient first.</summary>
    public Fq12 ValueOfPairing(JsonElement element, string place)
    {
        Fq6[] halves = System.Array.ConvertAll(Array(element, place, 2, 2), half =>
        {
            Fq2[] parts = System.Array.ConvertAll(Array(half, place, 3, 3), part => Pair(part, place));
            return parts.Length == 3 ? new Fq6(parts[0], parts[1], parts[2]) : Fq6.Zero;
        });
        return halves.Length == 2 ? new Fq12(halves[0], halves[1]) : Fq12.Zero;
    }

    private Fq2 Pair(JsonElement element, string place)
    {
        Fq[] parts = System.Array.ConvertAll(Array(element, place, 2, 2), part => Coordinate(part, place));
        return parts.Length == 2 ? new Fq2(parts[0], parts[1]) : Fq2.Zero;
    }

    private Fq Coordinate(JsonElement element, string place)
    {
        if (!Fq.TryDecode(Number(element, place), out Fq value))
        {
            Fail(place, "a coordinate is not below the modulus of the curve");
        }

        return value;
    }

    /// <summary>True for (0, 1, 0), the one spelling of infinity; an error for another third coordinate than zero or one.</summary>
    private bool IsInfinity<TField>(in TField x, in TField y, in TField z, string place)
        where TField : struct, IFieldElement<TField>
    {
        if (z.Equals(TField.One))
        {
            return false;
        }

        if (!z.IsZero || !x.IsZero || !y.Equals(TField.One))
        {
            Fail(place, "not an affine point: the third coordinate is not one");
        }

        return true;
    }

    /// <summary>32 big-endian bytes of a string of decimal digits without a superfluous zero in front.</summary>
    private byte[] Number(JsonElement element, string place)
    {
        var bytes = new byte[32];
        if (element.ValueKind != JsonValueKind.String)
        {
            Fail(place, "a number is not written as a string");
            return bytes;
        }

        ReadOnlySpan<byte> digits = JsonMarshal.GetRawUtf8Value(element)[1..^1];
        if (digits.IsEmpty || digits.ContainsAnyExceptInRange((byte)'0', (byte)'9') || (digits[0] == '0' && digits.Length > 1))
        {
            Fail(place, "a number is not written in decimal digits alone, or has a zero in front");
            return bytes;
        }

        if (digits.Length > MaximumDigits)
        {
            Fail(place, "a number has more digits than a coordinate or signal can have");
            return bytes;
        }

        byte[] number = BigInteger.Parse(Encoding.ASCII.GetString(digits), CultureInfo.InvariantCulture).ToByteArray(isUnsigned: true, isBigEndian: true);
        number.CopyTo(bytes, bytes.Length - number.Length);
        return bytes;
    }
}
