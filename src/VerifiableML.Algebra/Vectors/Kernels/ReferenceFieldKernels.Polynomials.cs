namespace VerifiableML.Algebra.Vectors;

/// <content>Slices as coefficients of polynomials in one variable.</content>
public sealed partial class ReferenceFieldKernels
{
    /// <inheritdoc/>
    public Fr Evaluate(FrSlice coefficients, Fr x)
    {
        Fr sum = Fr.Zero;
        for (int i = coefficients.Length - 1; i >= 0; i--)
        {
            sum = (sum * x) + coefficients[i];
        }

        return sum;
    }

    /// <inheritdoc/>
    public void Divide(FrSlice coefficients, Fr x)
    {
        // Synthetic division; the last carry is the remainder.
        Fr carry = Fr.Zero;
        for (int i = coefficients.Length - 1; i >= 0; i--)
        {
            Fr coefficient = coefficients[i];
            coefficients[i] = carry;
            carry = (carry * x) + coefficient;
        }
    }
}
