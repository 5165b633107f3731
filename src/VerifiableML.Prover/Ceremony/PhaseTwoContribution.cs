using System.Collections.Immutable;
using VerifiableML.Algebra;

namespace VerifiableML.Prover.Ceremony;

/// <summary>
/// One party's contribution to phase two, as a <c>.zkey</c> file records it: δ was multiplied by a secret x, and the party knew x. (Bowe, Gabizon,
/// Miers, "Scalable Multi-party Computation for zk-SNARK Parameters in the Random Beacon Model", eprint 2017/1050.)
/// </summary>
public sealed record PhaseTwoContribution
{
    /// <summary>Length in bytes of <see cref="Transcript"/> and of the hashes that name contributions.</summary>
    public const int HashLength = 64;

    /// <summary>[δ]₁ after this contribution.</summary>
    public required G1 DeltaAfter { get; init; }

    /// <summary>S, a random point; "g1_s" in snarkjs.</summary>
    public required G1 Base { get; init; }

    /// <summary>x·S; "g1_sx" in snarkjs.</summary>
    public required G1 BaseTimesSecret { get; init; }

    /// <summary>x·Q, where the point Q of G2 is the hash of <see cref="Transcript"/>: whoever made it knew x. "g2_spx" in snarkjs.</summary>
    public required G2 ChallengeTimesSecret { get; init; }

    /// <summary>Hash of the circuit, of all contributions before, and of the first two points.</summary>
    public required ImmutableArray<byte> Transcript { get; init; }

    /// <summary>What the party calls itself; empty for nothing. It is in no hash: anyone who passes the file on can change it.</summary>
    public string Name { get; init; } = string.Empty;

    /// <summary>Where the secret came from, if it is no secret.</summary>
    public PhaseTwoBeacon? Beacon { get; init; }

    /// <inheritdoc/>
    public bool Equals(PhaseTwoContribution? other) =>
        other is not null && DeltaAfter == other.DeltaAfter && Base == other.Base && BaseTimesSecret == other.BaseTimesSecret
        && ChallengeTimesSecret == other.ChallengeTimesSecret && Transcript.AsSpan().SequenceEqual(other.Transcript.AsSpan())
        && Name == other.Name && Beacon == other.Beacon;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(DeltaAfter, Base, Name);
}
