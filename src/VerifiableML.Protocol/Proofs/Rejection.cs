namespace VerifiableML.Protocol.Proofs;

/// <summary>The ways in which a proof can be refused.</summary>
public enum RejectionReason
{
    /// <summary>The bytes are not a proof in canonical form, or not of this circuit's shape.</summary>
    Malformed,

    /// <summary>The proof or key belongs to another circuit, model or setup.</summary>
    WrongKey,

    /// <summary>The public inputs or outputs do not fit the circuit.</summary>
    PublicValues,

    /// <summary>A lookup argument does not balance.</summary>
    Lookup,

    /// <summary>The evaluations that end a sumcheck do not match its claim.</summary>
    Relation,

    /// <summary>The polynomial opening does not hold.</summary>
    Opening,

    /// <summary>The pairing equation of a Groth16 proof does not hold.</summary>
    Groth16,

    /// <summary>The verifier met a state that it does not know; it never accepts then.</summary>
    Internal,
}

/// <summary>Why a proof was refused.</summary>
/// <param name="Reason">The kind of failure.</param>
/// <param name="Detail">Which check failed, in words.</param>
public sealed record Rejection(RejectionReason Reason, string Detail)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Reason}: {Detail}";
}
