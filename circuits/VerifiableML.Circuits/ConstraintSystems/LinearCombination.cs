using VerifiableML.Algebra;

namespace VerifiableML.Circuits.ConstraintSystems;

/// <summary>
/// <c>Σ_k coefficient_k · wire_k</c>: wires ascending, no coefficient zero, so that equal combinations are equal term by term. Wire 0 is the constant
/// one. Immutable.
/// </summary>
internal sealed class LinearCombination : IEquatable<LinearCombination>
{
    private readonly int[] _wires;
    private readonly Fr[] _coefficients;

    // Zero until it is asked for: most combinations are only steps to others.
    private int _hash;

    private LinearCombination(int[] wires, Fr[] coefficients)
    {
        _wires = wires;
        _coefficients = coefficients;
    }

    /// <summary>The empty sum.</summary>
    public static LinearCombination Zero { get; } = new([], []);

    /// <summary>Number of terms.</summary>
    public int Count => _wires.Length;

    /// <summary>The wires.</summary>
    public ReadOnlySpan<int> Wires => _wires;

    /// <summary>The coefficients, none of them zero.</summary>
    public ReadOnlySpan<Fr> Coefficients => _coefficients;

    /// <summary>Whether no wire but the constant one occurs.</summary>
    public bool IsConstant => _wires.Length == 0 || (_wires.Length == 1 && _wires[0] == 0);

    /// <summary>The coefficient of the constant one.</summary>
    public Fr Constant => _wires.Length > 0 && _wires[0] == 0 ? _coefficients[0] : Fr.Zero;

    /// <summary>A wire.</summary>
    public static LinearCombination OfWire(int wire) => new([wire], [Fr.One]);

    /// <summary>A constant.</summary>
    public static LinearCombination OfConstant(in Fr value) => value.IsZero ? Zero : new LinearCombination([0], [value]);

    /// <summary><c>left + factor · right</c>.</summary>
    public static LinearCombination Add(LinearCombination left, LinearCombination right, in Fr factor)
    {
        var wires = new int[left.Count + right.Count];
        var coefficients = new Fr[wires.Length];
        int count = 0;
        int l = 0;
        int r = 0;
        while (l < left.Count || r < right.Count)
        {
            int leftWire = l < left.Count ? left._wires[l] : int.MaxValue;
            int rightWire = r < right.Count ? right._wires[r] : int.MaxValue;
            Fr coefficient = leftWire <= rightWire ? left._coefficients[l++] : Fr.Zero;
            if (rightWire <= leftWire)
            {
                coefficient += factor * right._coefficients[r++];
            }

            if (!coefficient.IsZero)
            {
                wires[count] = Math.Min(leftWire, rightWire);
                coefficients[count++] = coefficient;
            }
        }

        return count == wires.Length ? new(wires, coefficients) : new(wires[..count], coefficients[..count]);
    }

    /// <summary><c>factor · this</c>.</summary>
    public LinearCombination Scale(in Fr factor)
    {
        if (factor.IsZero)
        {
            return Zero;
        }

        var coefficients = new Fr[Count];
        for (int i = 0; i < coefficients.Length; i++)
        {
            coefficients[i] = _coefficients[i] * factor;
        }

        return new LinearCombination(_wires, coefficients);
    }

    /// <inheritdoc/>
    public bool Equals(LinearCombination? other) =>
        other is not null && GetHashCode() == other.GetHashCode() && _wires.AsSpan().SequenceEqual(other._wires)
        && _coefficients.AsSpan().SequenceEqual(other._coefficients);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as LinearCombination);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        if (_hash == 0)
        {
            var hash = default(HashCode);
            for (int i = 0; i < _wires.Length; i++)
            {
                hash.Add(_wires[i]);
                hash.Add(_coefficients[i]);
            }

            _hash = hash.ToHashCode() | 1;
        }

        return _hash;
    }
}
