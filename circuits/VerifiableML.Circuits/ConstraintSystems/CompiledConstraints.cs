using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using VerifiableML.Algebra;

namespace VerifiableML.Circuits.ConstraintSystems;

/// <summary>A constraint system together with the order in which its wires follow from the inputs: constraint after constraint.</summary>
public sealed class CompiledConstraints
{
    private readonly ImmutableArray<int> _inputs;
    private readonly ImmutableArray<WireDefinition> _definitions;

    internal CompiledConstraints(
        ConstraintSystem system, ImmutableArray<int> inputs, ImmutableArray<WireDefinition> definitions,
        ImmutableArray<(string Name, int Constraints)> parts)
    {
        System = system;
        _inputs = inputs;
        _definitions = definitions;
        Parts = parts;
    }

    /// <summary>The system.</summary>
    public ConstraintSystem System { get; }

    /// <summary>Number of private wires that the prover chooses.</summary>
    public int InputCount => _inputs.Length;

    /// <summary>The parts of the circuit with their numbers of constraints, largest first.</summary>
    public ImmutableArray<(string Name, int Constraints)> Parts { get; }

    /// <summary>Computes all wires.</summary>
    /// <param name="publicValues">Values of the public wires.</param>
    /// <param name="inputs">Values of the private wires that the prover chooses, in the order in which the circuit asked for them.</param>
    /// <param name="wires">All wires.</param>
    /// <param name="violated">The first constraint that no value satisfies, or −1.</param>
    /// <returns>Whether all constraints hold.</returns>
    /// <exception cref="ArgumentException">The numbers of values do not fit.</exception>
    public bool TrySolve(ReadOnlySpan<Fr> publicValues, ReadOnlySpan<Fr> inputs, [NotNullWhen(true)] out Fr[]? wires, out int violated)
    {
        if (publicValues.Length != System.PublicCount || inputs.Length != _inputs.Length)
        {
            throw new ArgumentException(
                $"{publicValues.Length} public values and {inputs.Length} inputs; the circuit has {System.PublicCount} and {_inputs.Length}");
        }

        var values = new Fr[System.WireCount];
        values[0] = Fr.One;
        publicValues.CopyTo(values.AsSpan(1));
        for (int i = 0; i < inputs.Length; i++)
        {
            values[_inputs[i]] = inputs[i];
        }

        wires = null;
        for (violated = 0; violated < _definitions.Length; violated++)
        {
            if (!Satisfy(violated, values))
            {
                return false;
            }
        }

        violated = -1;
        wires = values;
        return true;
    }

    private bool Satisfy(int constraint, Fr[] values)
    {
        Fr a = System.A.Evaluate(constraint, values);
        WireDefinition definition = _definitions[constraint];
        switch (definition.Rule)
        {
            case WireRule.Product:
                values[definition.Wire] = a * System.B.Evaluate(constraint, values);
                return true;
            case WireRule.Inverse:
                return a.TryInverse(out values[definition.Wire]);
            default:
                return a * System.B.Evaluate(constraint, values) == System.C.Evaluate(constraint, values);
        }
    }
}
