using VerifiableML.Circuits.ConstraintSystems;

namespace VerifiableML.Circuits.Wrapping;

/// <summary>
/// The circuit of the wrapped proof: the one verifier, run over circuit variables. It depends on the core circuit and on nothing else, so new
/// weights for an architecture need no new key.
/// </summary>
public static class WrapCircuit
{
    /// <summary>Writes the circuit.</summary>
    /// <param name="circuit">The circuit of the core proofs; it must be hiding.</param>
    /// <exception cref="CircuitException">The circuit is not hiding.</exception>
    public static CompiledConstraints Compile(Circuit circuit)
    {
        if (!circuit.Options.IsHiding)
        {
            throw new CircuitException("only proofs of a hiding circuit can be wrapped: make the keys for wrapping");
        }

        var builder = new ConstraintSystemBuilder(WrapSignals<CircuitVariable>.PublicCount);
        CircuitVariable seed = builder.Input();
        CircuitVariable inputValue = Value(circuit.Options.Input);
        CircuitVariable outputValue = Value(circuit.Options.Output);
        WrapSignals<CircuitVariable> signals = WrapProtocol.Run(
            circuit, new CircuitVerifierChannel(builder, seed), inputValue, outputValue, part => builder.Part = part);
        builder.Part = "public signals";
        builder.RequireZero(signals.Compress(builder.Public(0)) - builder.Public(1));
        return builder.Build();

        CircuitVariable Value(Visibility visibility) => visibility == Visibility.Public ? builder.Input() : CircuitVariable.Zero;
    }
}
