using System.Numerics;

namespace VerifiableML.Algebra;

/// <summary>Powers in any field, by square-and-multiply from the top bit. The zeroth power is one, also of zero.</summary>
internal static class FieldPower
{
    public static TField Pow<TField>(in TField value, BigInteger exponent)
        where TField : struct, IFieldElement<TField>
    {
        ArgumentOutOfRangeException.ThrowIfNegative(exponent);
        byte[] bits = exponent.ToByteArray(isUnsigned: true);
        TField result = TField.One;
        for (int bit = (8 * bits.Length) - 1; bit >= 0; bit--)
        {
            result = result.Square();
            if (((bits[bit / 8] >> (bit % 8)) & 1) != 0)
            {
                result *= value;
            }
        }

        return result;
    }

    public static TField Pow<TField>(in TField value, ulong exponent)
        where TField : struct, IFieldElement<TField>
    {
        TField result = TField.One;
        for (int bit = 63 - BitOperations.LeadingZeroCount(exponent); bit >= 0; bit--)
        {
            result = result.Square();
            if (((exponent >> bit) & 1) != 0)
            {
                result *= value;
            }
        }

        return result;
    }
}
