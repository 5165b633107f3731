using VerifiableML.Algebra;
using VerifiableML.Algebra.Fft;
using VerifiableML.Algebra.Groups;
using VerifiableML.Algebra.Vectors;
using VerifiableML.Protocol.Serialization.Sections;

namespace VerifiableML.Protocol.Setup.Ptau;

/// <summary>
/// Writes known secrets as a <c>.ptau</c> file, so that snarkjs can check keys that were made with them. Such a file is worth
/// nothing but that: it lists no contribution, and whoever reads this can forge proofs with it.
/// </summary>
public static class PtauWriter
{
    /// <summary>More would take minutes.</summary>
    public const int GreatestPower = 20;

    private const int UnpreparedSections = 7;
    private const int PreparedSections = 11;

    /// <summary>Writes a file that serves domains up to 2^<paramref name="power"/> rows.</summary>
    /// <param name="path">The file.</param>
    /// <param name="secrets">τ, α, β.</param>
    /// <param name="power">1 to <see cref="GreatestPower"/>.</param>
    /// <param name="isPrepared">False to leave out what can be computed from the rest.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void WriteInsecure(string path, PhaseOneSecrets secrets, int power, bool isPrepared = true)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(power, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(power, GreatestPower);
        SectionWriter.Write(path, SectionFormat.PowersOfTau, isPrepared ? PreparedSections : UnpreparedSections, writer =>
        {
            writer.Begin(PtauLayout.HeaderSection, PtauLayout.HeaderLength);
            writer.WritePrime(Fq.Modulus);
            writer.Write((uint)power);
            writer.Write((uint)power);
            WritePowers(writer, secrets, power);
            writer.Begin(PtauLayout.ContributionsSection, sizeof(uint));
            writer.Write(0u);
            if (isPrepared)
            {
                WriteLagrangePoints(writer, secrets, power);
            }
        });
    }

    private static void WritePowers(SectionWriter writer, PhaseOneSecrets secrets, int power)
    {
        Fr[] powers = Powers(secrets.Tau, (2 << power) - 1);
        Fr[] half = powers[..(1 << power)];
        writer.WriteSection(PtauLayout.TauG1Section, InG1(powers, Fr.One));
        writer.WriteSection(PtauLayout.TauG2Section, InG2(half));
        writer.WriteSection(PtauLayout.AlphaTauG1Section, InG1(half, secrets.Alpha));
        writer.WriteSection(PtauLayout.BetaTauG1Section, InG1(half, secrets.Beta));
        writer.Begin(PtauLayout.BetaG2Section, G2.ByteLength);
        writer.Write(secrets.BetaG2);
    }

    private static void WriteLagrangePoints(SectionWriter writer, PhaseOneSecrets secrets, int power)
    {
        Fr[] values = [.. Enumerable.Range(0, power + 1).SelectMany(bits => new EvaluationDomain(bits).EvaluateLagrange(secrets.Tau))];
        writer.WriteSection(PtauLayout.LagrangeG1Section, InG1([.. values, .. WithoutLastPower(secrets.Tau, power + 1)], Fr.One));
        writer.WriteSection(PtauLayout.LagrangeG2Section, InG2(values));
        writer.WriteSection(PtauLayout.AlphaLagrangeG1Section, InG1(values, secrets.Alpha));
        writer.WriteSection(PtauLayout.BetaLagrangeG1Section, InG1(values, secrets.Beta));
    }

    /// <summary>
    /// The Lagrange polynomials of the largest domain, each without its leading term: a file has one power less than they have coefficients, and
    /// snarkjs takes it for zero. No quotient has such a term.
    /// </summary>
    private static Fr[] WithoutLastPower(in Fr tau, int bits)
    {
        var domain = new EvaluationDomain(bits);
        Fr[] values = domain.EvaluateLagrange(tau);

        // The leading coefficient of L_i is ω^(i)/n, as that of (X^n − 1)/(X − ω^i) is one.
        Fr leading = tau.Pow((ulong)domain.Size - 1) * Fr.FromUInt64((ulong)domain.Size).Inverse();
        for (int i = 0; i < values.Length; i++, leading *= domain.Generator)
        {
            values[i] -= leading;
        }

        return values;
    }

    private static Fr[] Powers(in Fr value, int count)
    {
        var powers = new Fr[count];
        Fr power = Fr.One;
        for (int i = 0; i < count; i++, power *= value)
        {
            powers[i] = power;
        }

        return powers;
    }

    private static G1Bases InG1(Fr[] scalars, in Fr factor)
    {
        using FrVector scaled = FrVector.From(scalars);
        FrSlice all = scaled.All;
        for (int i = 0; i < scalars.Length; i++)
        {
            all[i] *= factor;
        }

        return FixedBaseMultiplication.Compute(G1.Generator, all);
    }

    private static G2Bases InG2(Fr[] scalars)
    {
        using FrVector vector = FrVector.From(scalars);
        return FixedBaseMultiplication.Compute(G2.Generator, vector.All);
    }
}
