using VerifiableML.Circuits.ConstraintSystems;
using VerifiableML.Protocol.Transcript;

namespace VerifiableML.Circuits.Wrapping;

/// <summary>The verifier's channel over the variables of a circuit: messages are inputs of the circuit, and checks are constraints.</summary>
/// <param name="builder">Takes the constraints.</param>
/// <param name="seed">The transcript's seed.</param>
internal sealed class CircuitVerifierChannel(ConstraintSystemBuilder builder, CircuitVariable seed)
    : VerifierChannel<CircuitVariable>(seed, state => Permute(builder, state))
{
    private const string Transcript = "transcript (Poseidon2)";

    /// <inheritdoc/>
    public override void RequireZero(CircuitVariable value, string check) => builder.RequireZero(value);

    /// <inheritdoc/>
    public override void RequireNonZero(CircuitVariable value, string check) => builder.RequireInverse(value);

    /// <inheritdoc/>
    protected override CircuitVariable Next(string label) => builder.Input();

    private static void Permute(ConstraintSystemBuilder builder, CircuitVariable[] state)
    {
        string part = builder.Part;
        builder.Part = Transcript;
        AbstractPoseidon2.Permute(state);
        builder.Part = part;
    }
}
