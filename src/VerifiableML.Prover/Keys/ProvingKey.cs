using VerifiableML.Algebra.Groups;
using VerifiableML.Circuits;
using VerifiableML.Circuits.Keys;
using VerifiableML.Model.Quantized;

namespace VerifiableML.Prover.Keys;

/// <summary>What a prover holds of a model: its data, the powers of tau that its circuit takes, and the verification key.</summary>
/// <param name="Verification">The verification key.</param>
/// <param name="Model">The model with its data. Secret where weights are.</param>
/// <param name="Powers">[τ^i]G1, as many as the layout requires.</param>
public sealed record ProvingKey(VerificationKey Verification, QuantizedModel Model, G1Bases Powers)
{
    /// <summary>The circuit.</summary>
    public Circuit Circuit => Verification.Circuit;

    /// <summary>The data as the committed matrix.</summary>
    public WeightMatrix Weights { get; } = new(Verification.Circuit, Model);
}
