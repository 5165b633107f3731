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

    /// <summary>
    /// [τ^i·(τ^n − 1)]₁ in the encoding of EIP-196 for each row i of a domain of n = 2^<paramref name="domainBits"/> rows, as many as
    /// <see cref="HashedVanishingPowers"/> says: what snarkjs takes into the hash of a circuit for the points H.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The domain is larger than <see cref="MaximumDomainBits"/> allows.</exception>
    public abstract ReadOnlyMemory<byte> EncodeVanishingPowers(int domainBits);

    /// <summary>
    /// For how many rows snarkjs hashes a point: all but the last, as the quotient has one coefficient less; but the last as well where there are more
    /// than 2^14, because its loop goes in full steps of that size. A file with no more powers than the domain needs lacks that one, and what snarkjs reads
    /// in its place makes the hash another than with a larger file of the same secrets.
    /// </summary>
    public static int HashedVanishingPowers(int domainBits) => domainBits > 14 ? 1 << domainBits : (1 << domainBits) - 1;
}
