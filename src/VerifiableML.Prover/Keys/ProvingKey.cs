using System.Collections.Immutable;
using VerifiableML.Algebra;
using VerifiableML.Algebra.Groups;
using VerifiableML.Circuits;
using VerifiableML.Circuits.Keys;
using VerifiableML.Model.Quantized;
using VerifiableML.Protocol.Claims;

namespace VerifiableML.Prover.Keys;

/// <summary>What a prover holds of a model: its data, the powers of tau that its circuit takes, and the verification key.</summary>
/// <param name="Verification">The verification key.</param>
/// <param name="Model">The model with its data. Secret where weights are.</param>
/// <param name="Powers">[τ^i]G1, as many as the layout requires.</param>
/// <param name="Blinding">The random entry of each committed row of the data, in the slot beyond its columns; empty where the circuit is not hiding.</param>
public sealed record ProvingKey(VerificationKey Verification, QuantizedModel Model, G1Bases Powers, ImmutableArray<Fr> Blinding)
{
    /// <summary>The circuit.</summary>
    public Circuit Circuit => Verification.Circuit;

    /// <summary>The data as the committed matrix.</summary>
    public WeightMatrix Weights { get; } = new(Verification.Circuit, Model);

    /// <summary>The random entry of the rows of the data folded at a point.</summary>
    public Fr FoldBlinding(EvaluationPoint<Fr> point)
    {
        Fr sum = Fr.Zero;
        for (int i = 0; i < Blinding.Length; i++)
        {
            sum += Blinding[i] * Equality.AtIndex(point, i);
        }

        return sum;
    }
}
