using VerifiableML.Algebra;
using VerifiableML.Algebra.Groups;
using VerifiableML.Protocol.Serialization;
using VerifiableML.Protocol.Serialization.Sections;

namespace VerifiableML.Protocol.Setup.Ptau;

/// <summary>The secrets of phase one in the exponent.</summary>
internal sealed record PtauSecrets(G2 TauG2, G1 AlphaG1, G1 BetaG1, G2 BetaG2);

/// <summary>
/// Reads a phase one from a <c>.ptau</c> file. Every point must lie in its group, and all of them must come from the same τ, α, β:
/// <see cref="PtauPhaseOneCheck"/>.
/// </summary>
internal static class PtauPhaseOneReader
{
    /// <summary>A larger domain takes more memory than a machine of this kind has.</summary>
    public const int GreatestDomainBits = 24;

    public static PtauPhaseOne Read(SectionFile file, int domainBits)
    {
        int power = PtauHeader.ReadPower(file);
        if (domainBits > power)
        {
            throw file.Error("header", $"the file serves domains up to 2^{power} rows, 2^{domainBits} are needed");
        }

        SectionReader tauG1 = file.Open(PtauLayout.TauG1Section, "powers in G1", PtauLayout.TauG1Length(power));
        PtauSecrets secrets = ReadSecrets(file, power);

        // All 2n powers where the file has them; a file for exactly this domain lacks the last one, which no quotient needs.
        int count = (2 << domainBits) - (power == domainBits ? 1 : 0);
        G1[] powers = tauG1.ReadG1Points(count);
        LagrangePoints points = file.Has(PtauLayout.LagrangeG1Section)
            ? PtauLagrangePoints.Read(file, power, domainBits)
            : PtauLagrangePoints.Compute(file, power, domainBits, powers);
        G1[] vanishing = VanishingPowers.Compute(powers, 1 << domainBits);
        if (PtauPhaseOneCheck.FindFault(secrets, new G1Bases(powers), new G1Bases(vanishing), points, domainBits) is (uint section, string fault))
        {
            // Lagrange points that were computed are as wrong as the powers in the section of which the number is less by ten.
            bool isComputed = section >= PtauLayout.LagrangeG1Section && !file.Has(PtauLayout.LagrangeG1Section);
            throw file.Error($"section {(isComputed ? section - 10 : section)}", fault);
        }

        return new PtauPhaseOne(domainBits, secrets, points, VanishingPowers.Encode(vanishing, powers, domainBits, tauG1));
    }

    private static PtauSecrets ReadSecrets(SectionFile file, int power)
    {
        SectionReader tauG2 = file.Open(PtauLayout.TauG2Section, "powers in G2", PtauLayout.TauG2Length(power));
        SectionReader alpha = file.Open(PtauLayout.AlphaTauG1Section, "powers times alpha", PtauLayout.PowersG1Length(power));
        SectionReader beta = file.Open(PtauLayout.BetaTauG1Section, "powers times beta", PtauLayout.PowersG1Length(power));
        SectionReader betaG2 = file.Open(PtauLayout.BetaG2Section, "beta in G2", G2.ByteLength);
        if (tauG2.ReadG2("point 0") != G2.Generator)
        {
            throw tauG2.Error("point 0 is not the generator");
        }

        var secrets = new PtauSecrets(tauG2.ReadG2("point 1"), alpha.ReadG1("point 0"), beta.ReadG1("point 0"), betaG2.ReadG2("the point"));
        return secrets.AlphaG1.IsInfinity || secrets.BetaG1.IsInfinity || secrets.BetaG2.IsInfinity
            ? throw file.Error("sections 4 to 6", "alpha or beta is zero")
            : secrets;
    }
}
