using VerifiableML.Algebra;

namespace VerifiableML.Circuits.ConstraintSystems;

/// <summary>The coefficients that occur in the matrices of a system, each once; one, by far the most frequent, stands first.</summary>
public sealed class CoefficientTable
{
    private readonly Dictionary<Fr, int> _places = [];
    private readonly List<Fr> _values = [];

    /// <summary>A table that holds one.</summary>
    public CoefficientTable() => PlaceOf(Fr.One);

    /// <summary>Number of coefficients.</summary>
    public int Count => _values.Count;

    /// <summary>The place of <paramref name="value"/>, which is added where it is new.</summary>
    public int PlaceOf(in Fr value)
    {
        if (_places.TryGetValue(value, out int place))
        {
            return place;
        }

        place = _values.Count;
        _places.Add(value, place);
        _values.Add(value);
        return place;
    }

    /// <summary>The coefficients in their places.</summary>
    public Fr[] ToArray() => [.. _values];
}
