using System.Numerics;

namespace VerifiableML.Algebra.Polynomials;

/// <summary>
/// The polynomial in n variables, of degree at most one in each, that takes 2^n given values on {0, 1}^n.
/// <para>
/// The variable order of the whole library: variable 0, and so element 0 of a point, belongs to the <b>most</b> significant bit of the index
/// into the values. Binding variable 0 therefore combines the lower half of the values with the upper half.
/// </para>
/// </summary>
public sealed class MultilinearPolynomial
{
    private readonly Fr[] _values;

    /// <summary>Creates the extension of a table; the values are copied.</summary>
    /// <exception cref="ArgumentException">The length is not a power of two.</exception>
    public MultilinearPolynomial(ReadOnlySpan<Fr> values)
    {
        if (!BitOperations.IsPow2(values.Length))
        {
            throw new ArgumentException("The number of values is not a power of two.", nameof(values));
        }

        _values = values.ToArray();
    }

    /// <summary>Number of variables n.</summary>
    public int VariableCount => BitOperations.Log2((uint)_values.Length);

    /// <summary>The 2^n values on {0, 1}^n.</summary>
    public ReadOnlySpan<Fr> Values => _values;

    /// <summary>The value at a point of n coordinates, in 2^n − 1 multiplications.</summary>
    /// <exception cref="ArgumentException">The point has another number of coordinates.</exception>
    public Fr Evaluate(ReadOnlySpan<Fr> point) => Evaluate(_values, point);

    /// <summary>The value at a point of the extension of a table of 2^(point.Length) values, which stay as they are.</summary>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    public static Fr Evaluate(ReadOnlySpan<Fr> values, ReadOnlySpan<Fr> point)
    {
        if (point.Length > 30 || values.Length != 1 << point.Length)
        {
            throw new ArgumentException("The number of values is not two to the number of coordinates.", nameof(point));
        }

        Fr[] folded = values.ToArray();
        int half = folded.Length;
        foreach (Fr coordinate in point)
        {
            half /= 2;
            for (int i = 0; i < half; i++)
            {
                folded[i] += coordinate * (folded[i + half] - folded[i]);
            }
        }

        return folded[0];
    }
}
