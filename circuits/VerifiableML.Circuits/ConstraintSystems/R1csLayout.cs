using VerifiableML.Algebra;

namespace VerifiableML.Circuits.ConstraintSystems;

/// <summary>The sections of a <c>.r1cs</c> file and the greatest sizes that are read.</summary>
internal static class R1csLayout
{
    public const uint HeaderSection = 1;
    public const uint ConstraintsSection = 2;
    public const uint LabelsSection = 3;
    public const uint CustomGatesSection = 4;

    /// <summary>Size of the prime, prime, wires, outputs, public inputs, private inputs, labels (64 bits), constraints.</summary>
    public const int HeaderLength = 4 + Fr.ByteLength + (4 * 4) + 8 + 4;

    /// <summary>A wire and its coefficient.</summary>
    public const int TermLength = 4 + Fr.ByteLength;

    /// <summary>A domain of 2^24 rows takes more memory to prove than a machine of this kind has.</summary>
    public const int MostWires = 1 << 24;

    public const int MostConstraints = 1 << 24;

    /// <summary>In each of the matrices.</summary>
    public const int MostTerms = 1 << 27;
}
