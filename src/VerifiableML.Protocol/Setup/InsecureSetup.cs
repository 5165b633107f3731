using System.Security.Cryptography;
using VerifiableML.Algebra;
using VerifiableML.Algebra.Groups;
using VerifiableML.Algebra.Vectors;

namespace VerifiableML.Protocol.Setup;

/// <summary>
/// Reference strings made by this program alone. Whoever knows <c>τ</c> can forge every proof, and nobody can show to have forgotten it:
/// such a string is for development, and says so in its file, its identity and wherever it is used.
/// </summary>
public static class InsecureSetup
{
    /// <summary>Makes a string with a secret that is drawn at random and not kept.</summary>
    /// <param name="count">Number of powers in G1, at least 2.</param>
    public static StructuredReferenceString Generate(int count)
    {
        using var generator = RandomNumberGenerator.Create();
        return Generate(count, Fr.Random(generator));
    }

    /// <summary>Makes a string from a seed, the same every time: for tests that compare bytes.</summary>
    /// <param name="count">Number of powers in G1, at least 2.</param>
    /// <param name="seed">Anything.</param>
    public static StructuredReferenceString Generate(int count, ReadOnlySpan<byte> seed) =>
        Generate(count, Fr.FromWideBytes(Keccak256.Hash([.. "VerifiableML/insecure setup"u8, .. seed])));

    private static StructuredReferenceString Generate(int count, in Fr tau)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, StructuredReferenceString.MaximumCount);
        using FrVector powers = FrVector.Rent(count);
        Fr power = Fr.One;
        FrSlice all = powers.All;
        for (int i = 0; i < count; i++)
        {
            all[i] = power;
            power *= tau;
        }

        G1Bases points = FixedBaseMultiplication.Compute(G1.Generator, all);
        return new StructuredReferenceString(points, G2.Generator.Multiply(tau), isInsecure: true);
    }
}
