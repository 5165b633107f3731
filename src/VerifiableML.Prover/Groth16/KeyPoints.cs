using VerifiableML.Algebra;
using VerifiableML.Algebra.Groups;

namespace VerifiableML.Prover.Groth16;

/// <summary>The points of a key before any contribution; all but H one for each wire.</summary>
/// <param name="A">[A_i(τ)]₁.</param>
/// <param name="B1">[B_i(τ)]₁.</param>
/// <param name="B2">[B_i(τ)]₂.</param>
/// <param name="Mixed">[β·A_i(τ) + α·B_i(τ) + C_i(τ)]₁.</param>
/// <param name="H">[M_(2i+1)(τ)]₁ for each row of the domain.</param>
internal sealed record KeyPoints(G1Bases A, G1Bases B1, G2Bases B2, G1Bases Mixed, G1Bases H);
