using VerifiableML.Algebra;
using VerifiableML.Protocol.Serialization;
using VerifiableML.Protocol.Serialization.Sections;

namespace VerifiableML.Protocol.Setup.Ptau;

/// <summary>The header of a <c>.ptau</c> file: the curve, and the binary logarithm of the number of powers.</summary>
internal static class PtauHeader
{
    /// <summary>Reads the header and returns the power of the file, which need not be that of its ceremony.</summary>
    /// <exception cref="InvalidFileException">It is of another curve, or impossible.</exception>
    public static int ReadPower(SectionFile file)
    {
        SectionReader header = file.Open(PtauLayout.HeaderSection, "header", PtauLayout.HeaderLength);
        header.RequirePrime(Fq.Modulus);
        uint power = header.ReadUInt32();
        uint ceremonyPower = header.ReadUInt32();
        return power is >= 1 and <= PtauLayout.GreatestPower && ceremonyPower >= power && ceremonyPower <= PtauLayout.GreatestPower
            ? (int)power
            : throw header.Error($"power {power} of a ceremony of power {ceremonyPower}, allowed are 1 to {PtauLayout.GreatestPower}");
    }
}
