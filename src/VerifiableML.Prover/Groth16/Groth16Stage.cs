namespace VerifiableML.Prover.Groth16;

/// <summary>The stages of a Groth16 proof, in their order.</summary>
public enum Groth16Stage
{
    /// <summary>The products of the matrices with the witness.</summary>
    Matrices,

    /// <summary>From values on the domain to values on its odd coset.</summary>
    Transforms,

    /// <summary>The multiplication by [A_i(τ)]₁.</summary>
    PointsA,

    /// <summary>The multiplication by [B_i(τ)]₁.</summary>
    PointsB1,

    /// <summary>The multiplication by [B_i(τ)]₂.</summary>
    PointsB2,

    /// <summary>The multiplication by the private wires' points.</summary>
    PointsC,

    /// <summary>The multiplication by the quotient's points.</summary>
    PointsH,
}
