using System.Collections.Immutable;
using VerifiableML.Algebra;
using VerifiableML.Algebra.Groups;
using VerifiableML.Circuits.ConstraintSystems;
using VerifiableML.Protocol.Groth16;
using VerifiableML.Prover.Ceremony;

namespace VerifiableML.Prover.Groth16;

/// <summary>
/// What a prover needs of a circuit: the contents of a <c>.zkey</c> file. γ is one, as snarkjs has it; points for wire i stand at place i, and
/// A_i, B_i, C_i are the polynomials that interpolate column i of the three matrices.
/// </summary>
public sealed record Groth16ProvingKey
{
    /// <summary>Length in bytes of <see cref="ConstraintSystemHash"/>.</summary>
    public const int HashLength = 64;

    /// <summary>What the verifier needs.</summary>
    public required Groth16VerificationKey Verification { get; init; }

    /// <summary>[β]₁.</summary>
    public required G1 Beta { get; init; }

    /// <summary>[δ]₁.</summary>
    public required G1 Delta { get; init; }

    /// <summary>Number of wires, the constant one included.</summary>
    public required int WireCount { get; init; }

    /// <summary>Number of public wires, without the constant one.</summary>
    public required int PublicCount { get; init; }

    /// <summary>The matrices have at most 2^DomainBits rows.</summary>
    public required int DomainBits { get; init; }

    /// <summary>
    /// Left factors, with a row more for the constant and each public wire, in which that wire stands alone: it keeps their polynomials
    /// independent.
    /// </summary>
    public required SparseMatrix A { get; init; }

    /// <summary>Right factors, with as many rows, the appended ones empty.</summary>
    public required SparseMatrix B { get; init; }

    /// <summary>[A_i(τ)]₁ for each wire.</summary>
    public required G1Bases PointsA { get; init; }

    /// <summary>[B_i(τ)]₁ for each wire.</summary>
    public required G1Bases PointsB1 { get; init; }

    /// <summary>[B_i(τ)]₂ for each wire.</summary>
    public required G2Bases PointsB2 { get; init; }

    /// <summary>[(β·A_i(τ) + α·B_i(τ) + C_i(τ))/δ]₁ for each private wire.</summary>
    public required G1Bases PointsC { get; init; }

    /// <summary>[M_(2i+1)(τ)/δ]₁ for each row of the domain, M being the Lagrange polynomials of the domain twice as large.</summary>
    public required G1Bases PointsH { get; init; }

    /// <summary>BLAKE2b hash of the key before any contribution, as snarkjs computes it; zeros where it is not known.</summary>
    public ImmutableArray<byte> ConstraintSystemHash { get; init; } = ImmutableArray.Create(new byte[HashLength]);

    /// <summary>What the parties of phase two did to δ, in order; none for a key that was only generated.</summary>
    public ImmutableArray<PhaseTwoContribution> Contributions { get; init; } = [];
}
