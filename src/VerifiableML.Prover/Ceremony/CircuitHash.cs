using System.Collections.Immutable;
using VerifiableML.Algebra;
using VerifiableML.Algebra.Groups;
using VerifiableML.Protocol.Setup;
using VerifiableML.Prover.Groth16;

namespace VerifiableML.Prover.Ceremony;

/// <summary>The hash that phase two starts from and snarkjs calls the circuit's: of all points of the key to which nobody has contributed.</summary>
internal static class CircuitHash
{
    /// <summary>Computes the hash of a key with δ = 1.</summary>
    /// <param name="key">The key.</param>
    /// <param name="phaseOne">What it was made from: in place of the points H the hash has others, from which they follow.</param>
    public static ImmutableArray<byte> Compute(Groth16ProvingKey key, PhaseOne phaseOne) =>
    [
        .. new PhaseTwoHasher()
            .Add(key.Verification.Alpha).Add(key.Beta).Add(key.Verification.Beta)
            .Add(key.Verification.Gamma).Add(G1.Generator).Add(G2.Generator)
            .Add(new G1Bases(key.Verification.Inputs.AsSpan()))
            .Add((1 << key.DomainBits) - 1).Add(phaseOne.EncodeVanishingPowers(key.DomainBits).Span)
            .Add(key.PointsC).Add(key.PointsA).Add(key.PointsB1).Add(key.PointsB2)
            .Finish(),
    ];
}
