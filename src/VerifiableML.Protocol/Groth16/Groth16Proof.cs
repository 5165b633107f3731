using VerifiableML.Algebra;

namespace VerifiableML.Protocol.Groth16;

/// <summary>
/// A proof in the system of Groth (eprint 2016/260, §3.2) over BN254. The constructor takes points as they are: decoders see to it that
/// they lie in their groups, and <see cref="Groth16Verifier"/> looks again.
/// </summary>
/// <param name="A">The left factor.</param>
/// <param name="B">The right factor.</param>
/// <param name="C">What makes the product come out.</param>
public sealed record Groth16Proof(G1 A, G2 B, G1 C);
