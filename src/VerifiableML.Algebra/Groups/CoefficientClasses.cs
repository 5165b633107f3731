using System.Numerics;

namespace VerifiableML.Algebra.Groups;

/// <summary>
/// Coefficients up to their sign: c·P and −c·P are one product. Class 0 is that of ±1, whose products are the points themselves; zero
/// is in no class.
/// </summary>
internal sealed class CoefficientClasses
{
    /// <summary>The class of zero.</summary>
    public const int None = -1;

    private readonly int[] _classes;
    private readonly bool[] _negative;
    private readonly List<SplitScalar> _scalars = [SplitScalar.Of(Fr.One)];

    public CoefficientClasses(ReadOnlySpan<Fr> coefficients)
    {
        _classes = new int[coefficients.Length];
        _negative = new bool[coefficients.Length];
        var known = new Dictionary<Fr, int> { [Fr.One] = 0 };
        for (int i = 0; i < coefficients.Length; i++)
        {
            Fr coefficient = coefficients[i];
            if (coefficient.IsZero)
            {
                _classes[i] = None;
            }
            else if (known.TryGetValue(coefficient, out int same))
            {
                _classes[i] = same;
            }
            else if (known.TryGetValue(-coefficient, out int opposite))
            {
                _classes[i] = opposite;
                _negative[i] = true;
            }
            else
            {
                _classes[i] = _scalars.Count;
                known.Add(coefficient, _scalars.Count);
                _scalars.Add(SplitScalar.Of(coefficient));
            }
        }
    }

    /// <summary>Number of classes.</summary>
    public int Count => _scalars.Count;

    /// <summary>The class of coefficient <paramref name="index"/>, or <see cref="None"/>.</summary>
    public int this[int index] => _classes[index];

    /// <summary>True where coefficient <paramref name="index"/> is the negative of its class's scalar.</summary>
    public bool IsNegative(int index) => _negative[index];

    /// <summary>The scalar of a class.</summary>
    public SplitScalar Scalar(int index) => _scalars[index];

    /// <summary>Bits of the longer half of a class's scalar: how many doublings its multiplication takes.</summary>
    public int Length(int index)
    {
        SplitScalar scalar = _scalars[index];
        return 128 - (int)UInt128.LeadingZeroCount(scalar.First | scalar.Second);
    }
}
