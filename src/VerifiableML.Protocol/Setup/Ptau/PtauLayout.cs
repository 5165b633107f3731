using VerifiableML.Algebra;

namespace VerifiableML.Protocol.Setup.Ptau;

/// <summary>
/// The sections of a <c>.ptau</c> file of snarkjs. Coordinates are 32 bytes, little-endian, in Montgomery form with R = 2^256; real part before
/// imaginary part.
/// </summary>
internal static class PtauLayout
{
    /// <summary>Size of the prime, prime, power of this file, power of the ceremony.</summary>
    public const int HeaderLength = 4 + 32 + 4 + 4;

    /// <summary>The scalar field of BN254 has no larger radix-2 domain, and no ceremony more powers.</summary>
    public const int GreatestPower = 28;

    public const uint HeaderSection = 1;
    public const uint TauG1Section = 2;
    public const uint TauG2Section = 3;
    public const uint ContributionsSection = 7;

    /// <summary>Length of the section with the powers in G1: there are <c>2·2^power − 1</c> of them.</summary>
    public static long TauG1Length(int power) => ((2L << power) - 1) * G1.ByteLength;

    /// <summary>Length of the section with the powers in G2: there are <c>2^power</c> of them.</summary>
    public static long TauG2Length(int power) => (1L << power) * G2.ByteLength;
}
