using System.Diagnostics.CodeAnalysis;
using VerifiableML.Algebra;
using VerifiableML.Algebra.Groups;
using VerifiableML.Protocol.Serialization;
using VerifiableML.Protocol.Serialization.Sections;

namespace VerifiableML.Protocol.Setup.Ptau;

/// <summary>
/// Reads the powers that are needed from a snarkjs <c>.ptau</c> file, prepared for phase 2 or not. Nothing in it is believed: lengths are held
/// against the file's, the curve must be BN254, every point must be on it, [τ]G2 in the subgroup, and the points must be the powers of
/// that one secret. The origin is recognised by [τ]G2 and by nothing else. (The list of contributions is not checked: for a ceremony that is
/// recognised it adds nothing, and for another it proves only that somebody contributed.)
/// </summary>
public static class PtauReader
{
    /// <summary>Reads a reference string.</summary>
    /// <param name="path">The file.</param>
    /// <param name="count">Number of powers to read, at least 2; the rest of the file is not touched.</param>
    /// <param name="srs">The string.</param>
    /// <param name="error">Why it was refused.</param>
    public static bool TryRead(
        string path, int count, [NotNullWhen(true)] out StructuredReferenceString? srs, [NotNullWhen(false)] out FileError? error)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, StructuredReferenceString.MaximumCount);
        return SectionFile.TryRead(path, SectionFormat.PowersOfTau, file => Read(file, count), out srs, out error);
    }

    private static StructuredReferenceString Read(SectionFile file, int count)
    {
        int power = PtauHeader.ReadPower(file);
        SectionReader tauG1 = file.Open(PtauLayout.TauG1Section, "powers in G1", PtauLayout.TauG1Length(power));
        SectionReader tauG2 = file.Open(PtauLayout.TauG2Section, "powers in G2", PtauLayout.TauG2Length(power));
        long available = (2L << power) - 1;
        if (count > available)
        {
            throw file.Error("header", $"the file has {available} powers, {count} are needed");
        }

        if (tauG2.ReadG2("point 0") != G2.Generator)
        {
            throw tauG2.Error("point 0 is not the generator");
        }

        G2 secret = tauG2.ReadG2("point 1");
        var powers = new G1Bases(tauG1.ReadG1Points(count));
        return PowersCheck.FindFault(powers, secret) is string fault
            ? throw tauG1.Error(fault)
            : new StructuredReferenceString(powers, secret, isInsecure: false);
    }
}
