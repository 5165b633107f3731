using System.Text;
using VerifiableML.Algebra;
using VerifiableML.Algebra.Groups;
using VerifiableML.Algebra.Vectors;

namespace VerifiableML.Protocol.Setup;

/// <summary>
/// The setup for development. Its secrets are no secrets: they are hashes of fixed words, so that everyone can forge every proof under it, everyone
/// can tell it from any other setup by its points alone, however a file is marked, and keys under it are made in seconds.
/// </summary>
public static class InsecureSetup
{
    /// <summary>τ, α and β, which everyone knows.</summary>
    public static PhaseOneSecrets Secrets { get; } = new(Published("tau"), Published("alpha"), Published("beta"));

    private static G2 TauG2 { get; } = G2.Generator.Multiply(Secrets.Tau);

    /// <summary>Whether a point is this setup's [τ]G2.</summary>
    public static bool IsTau(in G2 point) => point == TauG2;

    /// <summary>Whether a point is this setup's [α]G1, which a Groth16 key shows.</summary>
    public static bool IsAlpha(in G1 point) => point == Secrets.AlphaG1;

    /// <summary>Makes the string of the published secret, the same every time.</summary>
    /// <param name="count">Number of powers in G1, at least 2.</param>
    public static StructuredReferenceString Generate(int count) => Generate(count, Secrets.Tau);

    /// <summary>Makes a string from a seed, the same every time: for tests that need another one.</summary>
    /// <param name="count">Number of powers in G1, at least 2.</param>
    /// <param name="seed">Anything.</param>
    public static StructuredReferenceString Generate(int count, ReadOnlySpan<byte> seed) =>
        Generate(count, Fr.FromWideBytes(Keccak256.Hash([.. "VerifiableML/insecure setup"u8, .. seed])));

    private static Fr Published(string name) =>
        Fr.FromWideBytes(Keccak256.Hash(Encoding.ASCII.GetBytes($"VerifiableML/insecure setup/{name}")));

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
