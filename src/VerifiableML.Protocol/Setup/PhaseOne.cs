using VerifiableML.Algebra;

namespace VerifiableML.Protocol.Setup;

/// <summary>
/// The part of a Groth16 setup that serves every circuit: secrets τ, α, β, known only in the exponent (<see cref="PhaseOnePoints"/>) or, for
/// development, as numbers (<see cref="PhaseOneSecrets"/>). Both make the same keys from the same secrets.
/// </summary>
public abstract class PhaseOne
{
    /// <summary>The largest k for which a circuit over a domain of 2^k rows can be served; half as large as the powers of τ would span.</summary>
    public abstract int MaximumDomainBits { get; }

    /// <summary>How far the secrets can be believed to be unknown.</summary>
    public abstract SetupOrigin Origin { get; }

    /// <summary>[α]₁.</summary>
    public abstract G1 AlphaG1 { get; }

    /// <summary>[β]₁.</summary>
    public abstract G1 BetaG1 { get; }

    /// <summary>[β]₂.</summary>
    public abstract G2 BetaG2 { get; }
}
