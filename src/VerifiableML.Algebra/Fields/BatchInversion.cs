using System.Buffers;

namespace VerifiableML.Algebra;

/// <summary>Many inverses for the price of one inversion and three multiplications each (Montgomery's trick).</summary>
public static class BatchInversion
{
    /// <summary>Replaces every element by its inverse; zeros stay zero.</summary>
    public static void Invert<TField>(Span<TField> values)
        where TField : struct, IFieldElement<TField>
    {
        TField[] rented = ArrayPool<TField>.Shared.Rent(values.Length);
        Span<TField> prefixes = rented.AsSpan(0, values.Length);
        TField product = TField.One;
        for (int i = 0; i < values.Length; i++)
        {
            prefixes[i] = product;
            if (!values[i].IsZero)
            {
                product *= values[i];
            }
        }

        // Going down, `suffix` is the inverse of the product of the elements up to and including i.
        TField suffix = product.Inverse();
        for (int i = values.Length - 1; i >= 0; i--)
        {
            if (!values[i].IsZero)
            {
                TField inverse = suffix * prefixes[i];
                suffix *= values[i];
                values[i] = inverse;
            }
        }

        ArrayPool<TField>.Shared.Return(rented);
    }
}
