using VerifiableML.Algebra.Groups;

namespace VerifiableML.Protocol.Setup;

/// <summary>
/// The Lagrange polynomials L_i of a domain of n points ω^i, at the secret τ and in the exponent. Each sequence has n points.
/// </summary>
/// <param name="InG1">[L_i(τ)]₁.</param>
/// <param name="InG2">[L_i(τ)]₂.</param>
/// <param name="AlphaInG1">[α·L_i(τ)]₁.</param>
/// <param name="BetaInG1">[β·L_i(τ)]₁.</param>
/// <param name="OddInG1">[M_(2i+1)(τ)]₁, where M are the Lagrange polynomials of the domain of 2n points: those that vanish on the first one.</param>
public sealed record LagrangePoints(G1Bases InG1, G2Bases InG2, G1Bases AlphaInG1, G1Bases BetaInG1, G1Bases OddInG1);
