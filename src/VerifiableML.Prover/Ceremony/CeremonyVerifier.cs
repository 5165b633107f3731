using VerifiableML.Algebra;
using VerifiableML.Algebra.Groups;
using VerifiableML.Circuits.ConstraintSystems;
using VerifiableML.Protocol.Setup;
using VerifiableML.Prover.Groth16;

namespace VerifiableML.Prover.Ceremony;

/// <summary>
/// Checks that a key is that of a circuit and a phase one, with a δ to which everyone listed has contributed and nobody else: what
/// <c>snarkjs zkey verify</c> checks. A verifier of proofs need not do this; whoever relies on a verification key should, once, or trust someone who did.
/// </summary>
public static class CeremonyVerifier
{
    /// <summary>Checks a key against the circuit and the phase one that it claims to be made from.</summary>
    /// <param name="key">The key. Its points lie on their curves; nothing else is believed.</param>
    /// <param name="system">The circuit.</param>
    /// <param name="phaseOne">Phase one, checked by its reader. Its <see cref="PhaseOne.Origin"/> is for the caller to judge.</param>
    /// <returns>Null for a good key.</returns>
    /// <exception cref="ArgumentException">The circuit is too large for the phase one.</exception>
    public static CeremonyRejection? Verify(Groth16ProvingKey key, ConstraintSystem system, PhaseOne phaseOne) =>
        key.WireCount != system.WireCount || key.PublicCount != system.PublicCount || key.DomainBits != Groth16KeyGenerator.DomainBits(system)
            ? new CeremonyRejection(CeremonyFault.Circuit, "the numbers of wires, public wires or rows differ")
            : Verify(key, PhaseTwoCeremony.Start(system, phaseOne));

    /// <summary>Checks a key against the one that the ceremony started from.</summary>
    /// <param name="key">The key.</param>
    /// <param name="initial">The result of <see cref="PhaseTwoCeremony.Start"/>, not of a file that someone else made.</param>
    /// <returns>Null for a good key.</returns>
    public static CeremonyRejection? Verify(Groth16ProvingKey key, Groth16ProvingKey initial) =>
        InitialKeyComparison.FindDifference(key, initial)
        ?? ContributionChain.FindFault(initial.ConstraintSystemHash.AsSpan(), key.Contributions.AsSpan())
        ?? FindDeltaFault(key)
        ?? FindQuotientFault(key, initial);

    private static CeremonyRejection? FindDeltaFault(Groth16ProvingKey key)
    {
        if (key.Delta != key.Contributions[^1].DeltaAfter)
        {
            return new CeremonyRejection(CeremonyFault.Delta, "delta in G1 is not that of the last contribution");
        }

        return SecretRatio.IsSame(G1.Generator, key.Delta, G2.Generator, key.Verification.Delta)
            ? null
            : new CeremonyRejection(CeremonyFault.Delta, "delta is not the same in G1 and in G2");
    }

    private static CeremonyRejection? FindQuotientFault(Groth16ProvingKey key, Groth16ProvingKey initial)
    {
        if (!SecretRatio.IsSame(key.PointsC, initial.PointsC, key.Verification.Delta))
        {
            return new CeremonyRejection(CeremonyFault.PointsC, "the points C are not those of the circuit divided by delta");
        }

        return SecretRatio.IsSame(key.PointsH, initial.PointsH, key.Verification.Delta)
            ? null
            : new CeremonyRejection(CeremonyFault.PointsH, "the points H are not those of the circuit divided by delta");
    }
}
