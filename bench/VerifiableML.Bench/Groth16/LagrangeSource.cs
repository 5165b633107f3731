using VerifiableML.Algebra;
using VerifiableML.Algebra.Fft;
using VerifiableML.Algebra.Groups;
using VerifiableML.Algebra.Vectors;
using VerifiableML.Protocol.Setup;

namespace VerifiableML.Bench.Groth16;

/// <summary>Known secrets behind the points of one domain, as a file of powers would have them.</summary>
internal sealed class LagrangeSource : PhaseOnePoints
{
    private readonly PhaseOneSecrets _secrets;
    private readonly LagrangePoints _points;

    /// <summary>Makes the points.</summary>
    public LagrangeSource(PhaseOneSecrets secrets, int domainBits)
    {
        _secrets = secrets;
        MaximumDomainBits = domainBits;
        Fr[] values = new EvaluationDomain(domainBits).EvaluateLagrange(secrets.Tau);
        Fr[] doubled = new EvaluationDomain(domainBits + 1).EvaluateLagrange(secrets.Tau);
        using FrVector all = FrVector.From(values);
        _points = new LagrangePoints(
            InG1(values), FixedBaseMultiplication.Compute(G2.Generator, all.All),
            InG1(Array.ConvertAll(values, value => value * secrets.Alpha)),
            InG1(Array.ConvertAll(values, value => value * secrets.Beta)),
            InG1([.. doubled.Where((_, i) => i % 2 == 1)]));
    }

    /// <inheritdoc/>
    public override int MaximumDomainBits { get; }

    /// <inheritdoc/>
    public override SetupOrigin Origin => SetupOrigin.Unknown;

    /// <inheritdoc/>
    public override G1 AlphaG1 => _secrets.AlphaG1;

    /// <inheritdoc/>
    public override G1 BetaG1 => _secrets.BetaG1;

    /// <inheritdoc/>
    public override G2 BetaG2 => _secrets.BetaG2;

    /// <inheritdoc/>
    public override LagrangePoints GetLagrangePoints(int domainBits) => _points;

    /// <inheritdoc/>
    public override ReadOnlyMemory<byte> EncodeVanishingPowers(int domainBits) => _secrets.EncodeVanishingPowers(domainBits);

    private static G1Bases InG1(Fr[] values)
    {
        using FrVector vector = FrVector.From(values);
        return FixedBaseMultiplication.Compute(G1.Generator, vector.All);
    }
}
