using VerifiableML.Algebra;

namespace VerifiableML.Protocol.Setup.Ptau;

/// <summary>
/// The sections of a <c>.ptau</c> file of snarkjs. Coordinates are 32 bytes, little-endian, in Montgomery form with R = 2^256; real part before
/// imaginary part. The last four sections are there in files that are prepared for phase 2 only: for each domain of 1, 2, 4 … points one after the
/// other the Lagrange polynomials at τ, in <see cref="LagrangeG1Section"/> up to twice as many points as the others go.
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
    public const uint AlphaTauG1Section = 4;
    public const uint BetaTauG1Section = 5;
    public const uint BetaG2Section = 6;
    public const uint ContributionsSection = 7;
    public const uint LagrangeG1Section = 12;
    public const uint LagrangeG2Section = 13;
    public const uint AlphaLagrangeG1Section = 14;
    public const uint BetaLagrangeG1Section = 15;

    /// <summary>Length of the section with the powers in G1: there are <c>2·2^power − 1</c> of them.</summary>
    public static long TauG1Length(int power) => ((2L << power) - 1) * G1.ByteLength;

    /// <summary>Length of the section with the powers in G2: there are <c>2^power</c> of them.</summary>
    public static long TauG2Length(int power) => (1L << power) * G2.ByteLength;

    /// <summary>Length of a section with <c>2^power</c> points of G1.</summary>
    public static long PowersG1Length(int power) => (1L << power) * G1.ByteLength;

    /// <summary>Number of Lagrange points for all domains of less than 2^<paramref name="bits"/> points, after which those for it begin.</summary>
    public static long LagrangeCount(int bits) => (1L << bits) - 1;
}
