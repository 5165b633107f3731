namespace VerifiableML.Algebra.Polynomials;

/// <summary>A polynomial in one variable, by its coefficients, the constant term first.</summary>
public sealed class UnivariatePolynomial
{
    private readonly Fr[] _coefficients;

    /// <summary>Creates a polynomial; the coefficients are copied, and none at all is the zero polynomial.</summary>
    public UnivariatePolynomial(ReadOnlySpan<Fr> coefficients) => _coefficients = coefficients.ToArray();

    /// <summary>The coefficients, the constant term first. The last may be zero.</summary>
    public ReadOnlySpan<Fr> Coefficients => _coefficients;

    /// <summary>The value at x.</summary>
    public Fr Evaluate(in Fr x) => Evaluate(_coefficients, x);

    /// <summary>The value at x of the polynomial with the given coefficients, by Horner's rule.</summary>
    public static Fr Evaluate(ReadOnlySpan<Fr> coefficients, in Fr x)
    {
        Fr value = Fr.Zero;
        for (int i = coefficients.Length - 1; i >= 0; i--)
        {
            value = (value * x) + coefficients[i];
        }

        return value;
    }

    /// <summary>
    /// The polynomial of degree below <c>values.Length</c> that takes the values at 0, 1, 2, … Quadratic in the number of values, which is
    /// meant to be small.
    /// </summary>
    public static UnivariatePolynomial Interpolate(ReadOnlySpan<Fr> values)
    {
        // Newton's form: f = Σₖ Δᵏf(0)/k! · x(x − 1)…(x − k + 1).
        Fr[] differences = values.ToArray();
        var coefficients = new Fr[values.Length];
        var basis = new Fr[values.Length + 1];
        basis[0] = Fr.One;
        Fr factorial = Fr.One;
        for (int k = 0; k < values.Length; k++)
        {
            Fr scale = differences[0] * factorial.Inverse();
            for (int i = 0; i <= k; i++)
            {
                coefficients[i] += scale * basis[i];
            }

            factorial *= Fr.FromUInt64((ulong)k + 1);
            for (int i = 0; i + 1 < values.Length - k; i++)
            {
                differences[i] = differences[i + 1] - differences[i];
            }

            MultiplyByLinear(basis.AsSpan(0, k + 2), Fr.FromInt64(-k));
        }

        return new UnivariatePolynomial(coefficients);
    }

    /// <summary>basis ← basis·(x + constant); the last entry is free to take the new leading coefficient.</summary>
    private static void MultiplyByLinear(Span<Fr> basis, in Fr constant)
    {
        for (int i = basis.Length - 1; i > 0; i--)
        {
            basis[i] = basis[i - 1] + (constant * basis[i]);
        }

        basis[0] *= constant;
    }
}
