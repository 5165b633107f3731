using VerifiableML.Algebra;
using VerifiableML.Algebra.Fft;
using VerifiableML.Algebra.Groups;
using VerifiableML.Protocol.Serialization;
using VerifiableML.Protocol.Serialization.Sections;

namespace VerifiableML.Protocol.Setup.Ptau;

/// <summary>
/// The Lagrange points of one domain: read from a file that is prepared for phase 2, or computed from the powers of one that is not, which takes a
/// transform of points for each of the sequences.
/// </summary>
internal static class PtauLagrangePoints
{
    /// <summary>Reads the points that <c>snarkjs powersoftau prepare phase2</c> computed.</summary>
    /// <exception cref="InvalidFileException">A section is missing or has a wrong length, or a point is none.</exception>
    public static LagrangePoints Read(SectionFile file, int power, int domainBits)
    {
        int rows = 1 << domainBits;
        SectionReader inG1 = Open(PtauLayout.LagrangeG1Section, "Lagrange points in G1", power + 2, G1.ByteLength);
        SectionReader inG2 = Open(PtauLayout.LagrangeG2Section, "Lagrange points in G2", power + 1, G2.ByteLength);
        SectionReader alpha = Open(PtauLayout.AlphaLagrangeG1Section, "Lagrange points times alpha", power + 1, G1.ByteLength);
        SectionReader beta = Open(PtauLayout.BetaLagrangeG1Section, "Lagrange points times beta", power + 1, G1.ByteLength);
        long start = PtauLayout.LagrangeCount(domainBits);
        inG1.Seek(start * G1.ByteLength);
        inG2.Seek(start * G2.ByteLength);
        alpha.Seek(start * G1.ByteLength);
        beta.Seek(start * G1.ByteLength);
        var points = new G1Bases(inG1.ReadG1Points(rows));

        // The domain twice as large follows at once; the points at its even places are those of polynomials that do not vanish on this one.
        G1[] doubled = inG1.ReadG1Points(2 * rows);
        var odd = new G1[rows];
        for (int i = 0; i < rows; i++)
        {
            odd[i] = doubled[(2 * i) + 1];
        }

        return new LagrangePoints(
            points, inG2.ReadG2Points(rows), new G1Bases(alpha.ReadG1Points(rows)), new G1Bases(beta.ReadG1Points(rows)), new G1Bases(odd));

        SectionReader Open(uint type, string name, int bits, int pointLength) =>
            file.Open(type, name, PtauLayout.LagrangeCount(bits) * pointLength);
    }

    /// <summary>Computes the points from the powers of τ, and of τ times α and β.</summary>
    /// <param name="file">The file.</param>
    /// <param name="power">Its power.</param>
    /// <param name="domainBits">The binary logarithm of the number of rows.</param>
    /// <param name="powers">The powers in G1, two for each row or one less.</param>
    /// <exception cref="InvalidFileException">A section is missing or has a wrong length, or a point is none.</exception>
    public static LagrangePoints Compute(SectionFile file, int power, int domainBits, G1[] powers)
    {
        int rows = 1 << domainBits;
        G2Bases inG2 = file.Open(PtauLayout.TauG2Section, "powers in G2", PtauLayout.TauG2Length(power)).ReadG2Points(rows);
        G1Bases alpha = ReadG1(PtauLayout.AlphaTauG1Section, "powers times alpha");
        G1Bases beta = ReadG1(PtauLayout.BetaTauG1Section, "powers times beta");
        var domain = new EvaluationDomain(domainBits);

        // Where there is one power less, infinity takes its place: no quotient has the coefficient that it belongs to, and snarkjs does the same.
        var doubled = new G1[2 * rows];
        powers.CopyTo(doubled, 0);
        return new LagrangePoints(
            GroupTransform.Inverse(domain, new G1Bases(powers.AsSpan(0, rows))),
            GroupTransform.Inverse(domain, inG2),
            GroupTransform.Inverse(domain, alpha),
            GroupTransform.Inverse(domain, beta),
            GroupTransform.InverseOdd(new EvaluationDomain(domainBits + 1), new G1Bases(doubled)));

        G1Bases ReadG1(uint type, string name) => new(file.Open(type, name, PtauLayout.PowersG1Length(power)).ReadG1Points(rows));
    }
}
