using System.Security.Cryptography;
using System.Text;
using VerifiableML.Algebra;

namespace VerifiableML.Prover.Ceremony;

/// <summary>What a contribution is made from: the factor x of δ and a random point S.</summary>
/// <param name="Factor">x. Never written anywhere; it lives as long as the contribution takes.</param>
/// <param name="Base">S.</param>
internal readonly record struct ContributionSecret(Fr Factor, G1 Base)
{
    /// <summary>A secret from the operating system's randomness, into which a text is mixed that a cautious party makes up.</summary>
    public static ContributionSecret Draw(string entropy)
    {
        byte[] random = RandomNumberGenerator.GetBytes(PhaseTwoContribution.HashLength);
        byte[] text = Encoding.UTF8.GetBytes(entropy);
        byte[] seed = new PhaseTwoHasher().Add(random).Add(text).Finish();
        ContributionSecret secret = FromSeed(seed.AsSpan(0, ChaChaGenerator.SeedLength));
        CryptographicOperations.ZeroMemory(random);
        CryptographicOperations.ZeroMemory(text);
        CryptographicOperations.ZeroMemory(seed);
        return secret;
    }

    /// <summary>What everyone computes from a beacon: its value hashed 2^exponent times is the seed.</summary>
    public static ContributionSecret FromBeacon(PhaseTwoBeacon beacon)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(beacon.Value.AsSpan(), hash);
        for (long i = 1; i < 1L << beacon.IterationsExponent; i++)
        {
            SHA256.HashData(hash, hash);
        }

        return FromSeed(hash);
    }

    /// <summary>Says nothing, wherever it ends up.</summary>
    public override string ToString() => "(secret)";

    private static ContributionSecret FromSeed(ReadOnlySpan<byte> seed)
    {
        using var generator = new ChaChaGenerator(seed);
        return new ContributionSecret(generator.NextScalar(), generator.NextG1());
    }
}
