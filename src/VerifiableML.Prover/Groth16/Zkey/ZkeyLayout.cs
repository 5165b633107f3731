using VerifiableML.Algebra;

namespace VerifiableML.Prover.Groth16.Zkey;

/// <summary>The sections of a <c>.zkey</c> file for Groth16 and the greatest sizes that are read.</summary>
internal static class ZkeyLayout
{
    public const uint ProtocolSection = 1;
    public const uint HeaderSection = 2;
    public const uint InputsSection = 3;
    public const uint CoefficientsSection = 4;
    public const uint PointsASection = 5;
    public const uint PointsB1Section = 6;
    public const uint PointsB2Section = 7;
    public const uint PointsCSection = 8;
    public const uint PointsHSection = 9;
    public const uint ContributionsSection = 10;
    public const int SectionCount = 10;

    public const uint Groth16Protocol = 1;

    /// <summary>Size and value of p and r, wires, public wires, rows of the domain; [α]₁, [β]₁, [β]₂, [γ]₂, [δ]₁, [δ]₂.</summary>
    public const int HeaderLength = (2 * (4 + Fr.ByteLength)) + (3 * 4) + (3 * G1.ByteLength) + (3 * G2.ByteLength);

    /// <summary>Matrix (0: A, 1: B), row, wire, and the coefficient times R².</summary>
    public const int TermLength = (3 * 4) + Fr.ByteLength;

    public const int GreatestDomainBits = 24;
    public const int MostWires = 1 << 24;
    public const int MostTerms = 1 << 27;
    public const int MostContributions = 1 << 12;
}
