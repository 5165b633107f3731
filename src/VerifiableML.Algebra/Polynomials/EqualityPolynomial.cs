namespace VerifiableML.Algebra.Polynomials;

/// <summary>
/// eq(x, y) = Πᵢ (xᵢ·yᵢ + (1 − xᵢ)·(1 − yᵢ)): the multilinear polynomial that is one where two points of {0, 1}^n are equal and zero where
/// they differ, so that f(y) = Σₓ eq(x, y)·f(x) for every multilinear f.
/// </summary>
public static class EqualityPolynomial
{
    /// <summary>The value at two points with the same number of coordinates.</summary>
    /// <exception cref="ArgumentException">The numbers of coordinates differ.</exception>
    public static Fr Evaluate(ReadOnlySpan<Fr> x, ReadOnlySpan<Fr> y)
    {
        if (x.Length != y.Length)
        {
            throw new ArgumentException("The points have different numbers of coordinates.", nameof(y));
        }

        Fr product = Fr.One;
        for (int i = 0; i < x.Length; i++)
        {
            // x·y + (1 − x)·(1 − y) = 1 − x − y + 2·x·y
            product *= Fr.One - x[i] - y[i] + (x[i] * y[i]).Double();
        }

        return product;
    }

    /// <summary>
    /// All 2^n values eq(b, point), b in {0, 1}^n, in the order of <see cref="MultilinearPolynomial"/>; 2^n − 1 multiplications.
    /// </summary>
    public static Fr[] Table(ReadOnlySpan<Fr> point)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(point.Length, 30, nameof(point));
        var table = new Fr[1 << point.Length];
        table[0] = Fr.One;
        int filled = 1;
        foreach (Fr coordinate in point)
        {
            // Each further variable is the least significant so far: entry i becomes the pair 2i, 2i + 1. From the top, in place.
            for (int i = filled - 1; i >= 0; i--)
            {
                Fr upper = table[i] * coordinate;
                table[(2 * i) + 1] = upper;
                table[2 * i] = table[i] - upper;
            }

            filled *= 2;
        }

        return table;
    }
}
