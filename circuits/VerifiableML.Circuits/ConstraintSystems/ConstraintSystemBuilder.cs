using System.Collections.Immutable;
using VerifiableML.Algebra;

namespace VerifiableML.Circuits.ConstraintSystems;

/// <summary>
/// Writes a constraint system while code over <see cref="CircuitVariable"/> runs. What has been computed once is not computed again: equal products and
/// equal long sums share a wire. Every wire but the inputs gets its value from the one constraint that defines it, so no private wire is free.
/// </summary>
public sealed class ConstraintSystemBuilder
{
    /// <summary>
    /// Sums of more terms get a wire of their own. Poseidon2's partial rounds make sums that grow with every round; long sums cost nothing
    /// in constraints but much in the proving key, whose making takes a group operation for each term.
    /// </summary>
    private const int MaximumTerms = 32;

    private static readonly LinearCombination One = LinearCombination.OfConstant(Fr.One);

    private readonly MatrixBuilder _a;
    private readonly MatrixBuilder _b;
    private readonly MatrixBuilder _c;
    private readonly CoefficientTable _coefficients = new();
    private readonly Dictionary<(LinearCombination Left, LinearCombination Right), int> _products = [];
    private readonly List<WireDefinition> _definitions = [];
    private readonly List<int> _inputs = [];
    private readonly Dictionary<string, int> _parts = [];
    private readonly int _publicCount;
    private int _wires;

    /// <summary>A system with <paramref name="publicCount"/> public wires and no constraint.</summary>
    public ConstraintSystemBuilder(int publicCount)
    {
        _a = new MatrixBuilder(_coefficients);
        _b = new MatrixBuilder(_coefficients);
        _c = new MatrixBuilder(_coefficients);
        _publicCount = publicCount;
        _wires = 1 + publicCount;
    }

    /// <summary>The part of the circuit as which constraints count from here on.</summary>
    public string Part { get; set; } = "other";

    /// <summary>Public wire <paramref name="index"/>, counted from zero.</summary>
    public CircuitVariable Public(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)_publicCount, nameof(index));
        return Variable(1 + index);
    }

    /// <summary>A private wire whose value the prover chooses.</summary>
    public CircuitVariable Input()
    {
        _inputs.Add(_wires);
        return Variable(_wires++);
    }

    /// <summary>Demands that a value is zero.</summary>
    /// <exception cref="InvalidOperationException">The value is a constant other than zero: no witness could satisfy the system.</exception>
    public void RequireZero(CircuitVariable value)
    {
        LinearCombination combination = value.Combination;
        if (!combination.IsConstant)
        {
            Emit(combination, One, LinearCombination.Zero, WireDefinition.None);
        }
        else if (!combination.Constant.IsZero)
        {
            throw new InvalidOperationException("a constant is required to be zero and is not");
        }
    }

    /// <summary>Demands that a value is not zero: it has an inverse, which becomes a wire.</summary>
    public CircuitVariable RequireInverse(CircuitVariable value)
    {
        int wire = _wires++;
        Emit(value.Combination, LinearCombination.OfWire(wire), One, WireDefinition.Inverse(wire));
        return Variable(wire);
    }

    /// <summary>The system, the way in which its wires are computed, and the number of constraints of each part.</summary>
    public CompiledConstraints Build()
    {
        ReadOnlyMemory<Fr> table = _coefficients.ToArray();
        return new CompiledConstraints(
            new ConstraintSystem(_wires, _publicCount, _a.Build(table), _b.Build(table), _c.Build(table)),
            [.. _inputs], [.. _definitions], [.. _parts.OrderByDescending(part => part.Value).Select(part => (part.Key, part.Value))]);
    }

    internal CircuitVariable Multiply(LinearCombination left, LinearCombination right)
    {
        // Terms on the right cost more: they stand in G2 as well.
        if (left.Count < right.Count)
        {
            (left, right) = (right, left);
        }

        if (!_products.TryGetValue((left, right), out int wire)
            && (left.Count != right.Count || !_products.TryGetValue((right, left), out wire)))
        {
            wire = _wires++;
            _products.Add((left, right), wire);
            Emit(left, right, LinearCombination.OfWire(wire), WireDefinition.Product(wire));
        }

        return Variable(wire);
    }

    internal CircuitVariable Shorten(LinearCombination sum) =>
        sum.Count <= MaximumTerms ? new CircuitVariable(sum, this) : Multiply(sum, One);

    private CircuitVariable Variable(int wire) => new(LinearCombination.OfWire(wire), this);

    private void Emit(LinearCombination a, LinearCombination b, LinearCombination c, WireDefinition definition)
    {
        _a.AddRow(a);
        _b.AddRow(b);
        _c.AddRow(c);
        _definitions.Add(definition);
        _parts[Part] = _parts.GetValueOrDefault(Part) + 1;
    }

    /// <summary>The distinct coefficients; one stands first.</summary>
    private sealed class CoefficientTable
    {
        private readonly List<Fr> _values = [Fr.One];
        private readonly Dictionary<Fr, int> _places = new() { [Fr.One] = 0 };

        public int PlaceOf(in Fr value)
        {
            if (!_places.TryGetValue(value, out int place))
            {
                place = _values.Count;
                _values.Add(value);
                _places.Add(value, place);
            }

            return place;
        }

        public Fr[] ToArray() => [.. _values];
    }

    private sealed class MatrixBuilder(CoefficientTable table)
    {
        private readonly List<int> _starts = [0];
        private readonly List<int> _wires = [];
        private readonly List<int> _places = [];

        public void AddRow(LinearCombination combination)
        {
            for (int i = 0; i < combination.Count; i++)
            {
                _wires.Add(combination.Wires[i]);
                _places.Add(table.PlaceOf(combination.Coefficients[i]));
            }

            _starts.Add(_wires.Count);
        }

        public SparseMatrix Build(ReadOnlyMemory<Fr> coefficients) =>
            new(_starts.ToArray(), _wires.ToArray(), _places.ToArray(), coefficients);
    }
}
