namespace VerifiableML.Protocol.Setup;

/// <summary>A phase one whose secrets nobody knows: it offers the Lagrange polynomials at τ in the exponent.</summary>
public abstract class PhaseOnePoints : PhaseOne
{
    /// <summary>The points for the domain of 2^<paramref name="domainBits"/> rows; takes time and memory in proportion to its size.</summary>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The domain has fewer than two rows, or more than <see cref="PhaseOne.MaximumDomainBits"/> allows.
    /// </exception>
    public abstract LagrangePoints GetLagrangePoints(int domainBits);
}
