using System.Diagnostics.CodeAnalysis;
using VerifiableML.Algebra;
using VerifiableML.Protocol.Serialization;
using VerifiableML.Protocol.Serialization.Sections;

namespace VerifiableML.Protocol.Setup.Ptau;

/// <summary>A phase one from a <c>.ptau</c> file of snarkjs, prepared for phase 2 or not, read and checked for one size of domain.</summary>
public sealed class PtauPhaseOne : PhaseOnePoints
{
    private readonly int _domainBits;
    private readonly LagrangePoints _points;
    private readonly ReadOnlyMemory<byte> _vanishingPowers;

    internal PtauPhaseOne(int domainBits, PtauSecrets secrets, LagrangePoints points, ReadOnlyMemory<byte> vanishingPowers)
    {
        _domainBits = domainBits;
        _points = points;
        _vanishingPowers = vanishingPowers;
        AlphaG1 = secrets.AlphaG1;
        BetaG1 = secrets.BetaG1;
        BetaG2 = secrets.BetaG2;
        Origin = KnownCeremonies.RecognisePhaseOne(secrets.TauG2, secrets.AlphaG1, secrets.BetaG2);
    }

    /// <inheritdoc/>
    public override int MaximumDomainBits => _domainBits;

    /// <inheritdoc/>
    public override SetupOrigin Origin { get; }

    /// <inheritdoc/>
    public override G1 AlphaG1 { get; }

    /// <inheritdoc/>
    public override G1 BetaG1 { get; }

    /// <inheritdoc/>
    public override G2 BetaG2 { get; }

    /// <summary>
    /// Reads what keys over a domain of 2^<paramref name="domainBits"/> rows need. Nothing in the file is believed: every point must lie in its group, and all must come from the same τ, α and β.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="domainBits">1 to 24.</param>
    /// <param name="phaseOne">What was read.</param>
    /// <param name="error">Why the file was refused.</param>
    public static bool TryRead(
        string path, int domainBits, [NotNullWhen(true)] out PtauPhaseOne? phaseOne, [NotNullWhen(false)] out FileError? error)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(domainBits, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(domainBits, PtauPhaseOneReader.GreatestDomainBits);
        return SectionFile.TryRead(path, SectionFormat.PowersOfTau, file => PtauPhaseOneReader.Read(file, domainBits), out phaseOne, out error);
    }

    /// <inheritdoc/>
    /// <remarks>Only the domain that was asked for when the file was read.</remarks>
    public override LagrangePoints GetLagrangePoints(int domainBits)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(domainBits, _domainBits);
        return _points;
    }

    /// <inheritdoc/>
    /// <remarks>Only the domain that was asked for when the file was read.</remarks>
    public override ReadOnlyMemory<byte> EncodeVanishingPowers(int domainBits)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(domainBits, _domainBits);
        return _vanishingPowers;
    }
}
