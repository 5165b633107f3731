using VerifiableML.Algebra;
using VerifiableML.Algebra.Fft;
using VerifiableML.Algebra.Groups;
using VerifiableML.Algebra.Vectors;

namespace VerifiableML.Protocol.Setup;

/// <summary>A phase one whose secrets are known: insecure by nature, and fast, because a key is then arithmetic in the field.</summary>
public sealed class PhaseOneSecrets : PhaseOne
{
    /// <summary>Takes the secrets.</summary>
    /// <param name="tau">τ, not a root of unity of an order that a domain can have.</param>
    /// <param name="alpha">α, not zero.</param>
    /// <param name="beta">β, not zero.</param>
    /// <exception cref="ArgumentException">A secret is one of the few values with which keys would be degenerate.</exception>
    public PhaseOneSecrets(in Fr tau, in Fr alpha, in Fr beta)
    {
        if (tau.IsZero || alpha.IsZero || beta.IsZero || tau.Pow(1UL << EvaluationDomain.MaximumLogSize) == Fr.One)
        {
            throw new ArgumentException("a secret of phase one must not be zero, nor tau a root of unity");
        }

        (Tau, Alpha, Beta) = (tau, alpha, beta);
        AlphaG1 = G1.Generator.Multiply(alpha);
        BetaG1 = G1.Generator.Multiply(beta);
        BetaG2 = G2.Generator.Multiply(beta);
    }

    /// <summary>τ.</summary>
    public Fr Tau { get; }

    /// <summary>α.</summary>
    public Fr Alpha { get; }

    /// <summary>β.</summary>
    public Fr Beta { get; }

    /// <inheritdoc/>
    public override int MaximumDomainBits => EvaluationDomain.MaximumLogSize - 1;

    /// <inheritdoc/>
    public override SetupOrigin Origin => SetupOrigin.InsecureLocal;

    /// <inheritdoc/>
    public override G1 AlphaG1 { get; }

    /// <inheritdoc/>
    public override G1 BetaG1 { get; }

    /// <inheritdoc/>
    public override G2 BetaG2 { get; }

    /// <inheritdoc/>
    public override ReadOnlyMemory<byte> EncodeVanishingPowers(int domainBits)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(domainBits, MaximumDomainBits);
        int count = HashedVanishingPowers(domainBits);
        using FrVector scalars = FrVector.Rent(count);
        FrSlice all = scalars.All;
        Fr power = Tau.Pow(1UL << domainBits) - Fr.One;
        for (int i = 0; i < count; i++, power *= Tau)
        {
            all[i] = power;
        }

        G1Bases points = FixedBaseMultiplication.Compute(G1.Generator, all);
        var bytes = new byte[count * G1.ByteLength];
        Parallel.For(0, count, i => points[i].Encode(bytes.AsSpan(i * G1.ByteLength, G1.ByteLength)));
        return bytes;
    }
}
