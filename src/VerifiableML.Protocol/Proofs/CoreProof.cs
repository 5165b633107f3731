using VerifiableML.Algebra;
using VerifiableML.Protocol.Commitments;

namespace VerifiableML.Protocol.Proofs;

/// <summary>
/// A core proof: everything that the prover says, in the order in which the verifier reads it. It hides nothing by itself.
/// </summary>
/// <param name="Rows">Commitments to the rows of the witness.</param>
/// <param name="Messages">The prover's scalars.</param>
/// <param name="Opening">The opening of the last claim.</param>
public sealed record CoreProof(G1[] Rows, Fr[] Messages, OpeningProof Opening);
