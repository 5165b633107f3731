using System.Collections.Immutable;
using VerifiableML.Algebra;

namespace VerifiableML.Circuits.Keys;

/// <summary>What a verifier has to know of the structured reference string.</summary>
/// <param name="Id">Its 32-byte identity.</param>
/// <param name="Tau">[τ]G2.</param>
/// <param name="IsInsecure">Whether τ was generated on one machine, so that whoever ran it can forge proofs.</param>
public sealed record SetupReference(ImmutableArray<byte> Id, G2 Tau, bool IsInsecure);
