using System.Numerics;

namespace VerifiableML.Algebra;

/// <summary>Powers in any field, by square-and-multiply: for constants and checks, not for speed.</summary>
internal static class FieldPower
{
    public static TField Pow<TField>(TField value, BigInteger exponent)
        where TField : struct, IFieldElement<TField>
    {
        TField result = TField.One;
        for (long bit = exponent.GetBitLength() - 1; bit >= 0; bit--)
        {
            result = result.Square();
            if (!((exponent >> (int)bit) & BigInteger.One).IsZero)
            {
                result *= value;
            }
        }

        return result;
    }
}
