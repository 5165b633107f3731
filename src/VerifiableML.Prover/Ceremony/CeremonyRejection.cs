namespace VerifiableML.Prover.Ceremony;

/// <summary>The ways in which the result of a ceremony can be wrong.</summary>
public enum CeremonyFault
{
    /// <summary>The key is of another circuit: its sizes, coefficients or hash differ.</summary>
    Circuit,

    /// <summary>The key comes from another phase one: α or β differ.</summary>
    PhaseOne,

    /// <summary>Points that no contribution changes were changed.</summary>
    FixedPoints,

    /// <summary>No party contributed, so that everyone knows δ.</summary>
    NoContribution,

    /// <summary>A contribution's transcript is not the hash of what came before it.</summary>
    Transcript,

    /// <summary>A contribution's party did not show to have known its secret.</summary>
    ProofOfKnowledge,

    /// <summary>δ after a contribution is not δ before it times the secret.</summary>
    DeltaChain,

    /// <summary>A contribution is not made from the beacon that it names.</summary>
    Beacon,

    /// <summary>δ of the key is not that of the last contribution, in one of the groups.</summary>
    Delta,

    /// <summary>The points C are not those of the first key divided by δ.</summary>
    PointsC,

    /// <summary>The points H are not those of the first key divided by δ.</summary>
    PointsH,
}

/// <summary>Why the result of a ceremony was refused.</summary>
/// <param name="Fault">The kind of failure.</param>
/// <param name="Detail">Which check failed, in words.</param>
public sealed record CeremonyRejection(CeremonyFault Fault, string Detail)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Fault}: {Detail}";
}
