using VerifiableML.Algebra;
using VerifiableML.Algebra.Fft;
using VerifiableML.Algebra.Groups;
using VerifiableML.Protocol.Serialization;
using VerifiableML.Protocol.Setup;
using VerifiableML.Protocol.Setup.Ptau;

namespace VerifiableML.Protocol.Tests.Setup;

/// <summary>Phase one read from a file, against the secrets that it was written from.</summary>
public sealed class PtauPhaseOneTests : IDisposable
{
    private const int Power = 4;
    private static readonly PhaseOneSecrets Secrets = new(Fr.FromUInt64(0x1234_5678_9abc), Fr.FromUInt64(987_654_321), Fr.FromUInt64(555_555));
    private readonly string _folder = Directory.CreateTempSubdirectory("vml-phase1-").FullName;
    private readonly byte[] _good;

    public PtauPhaseOneTests()
    {
        PtauWriter.WriteInsecure(InFolder("good.ptau"), Secrets, Power);
        _good = File.ReadAllBytes(InFolder("good.ptau"));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(Power)]
    public void Points_are_those_of_the_secrets(int domainBits)
    {
        PtauPhaseOne phaseOne = Read(domainBits);
        Assert.Equal((Secrets.AlphaG1, Secrets.BetaG1, Secrets.BetaG2), (phaseOne.AlphaG1, phaseOne.BetaG1, phaseOne.BetaG2));
        LagrangePoints points = phaseOne.GetLagrangePoints(domainBits);
        Fr[] values = new EvaluationDomain(domainBits).EvaluateLagrange(Secrets.Tau);
        Assert.Equal(values.Select(value => G1.Generator.Multiply(value)), points.InG1.ToArray());
        Assert.Equal(values.Select(value => G2.Generator.Multiply(value)), points.InG2.ToArray());
        Assert.Equal(values.Select(value => G1.Generator.Multiply(value * Secrets.Alpha)), points.AlphaInG1.ToArray());
        Assert.Equal(values.Select(value => G1.Generator.Multiply(value * Secrets.Beta)), points.BetaInG1.ToArray());
        Assert.Equal(Secrets.EncodeVanishingPowers(domainBits).ToArray(), phaseOne.EncodeVanishingPowers(domainBits).ToArray());
    }

    [Fact]
    public void Odd_points_are_those_of_the_larger_domain_below_the_greatest_and_without_the_last_power_there()
    {
        Fr[] larger = new EvaluationDomain(Power).EvaluateLagrange(Secrets.Tau);
        Assert.Equal(
            larger.Where((_, i) => i % 2 == 1).Select(value => G1.Generator.Multiply(value)),
            Read(Power - 1).GetLagrangePoints(Power - 1).OddInG1.ToArray());
        Assert.NotEqual(
            new EvaluationDomain(Power + 1).EvaluateLagrange(Secrets.Tau).Where((_, i) => i % 2 == 1).Select(value => G1.Generator.Multiply(value)),
            Read(Power).GetLagrangePoints(Power).OddInG1.ToArray());
    }

    [Fact]
    public void The_same_file_is_a_reference_string()
    {
        Assert.True(PtauReader.TryRead(InFolder("good.ptau"), 2 << (Power - 1), out StructuredReferenceString? srs, out FileError? error), error?.ToString());
        Assert.Equal(G1.Generator.Multiply(Secrets.Tau), srs.Powers[1]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(Power)]
    public void What_a_file_is_prepared_with_can_be_computed(int domainBits)
    {
        PtauWriter.WriteInsecure(InFolder("unprepared.ptau"), Secrets, Power, isPrepared: false);
        Assert.True(
            PtauPhaseOne.TryRead(InFolder("unprepared.ptau"), domainBits, out PtauPhaseOne? computed, out FileError? error), error?.ToString());
        LagrangePoints expected = Read(domainBits).GetLagrangePoints(domainBits);
        LagrangePoints points = computed.GetLagrangePoints(domainBits);
        Assert.Equal(expected.InG1.ToArray(), points.InG1.ToArray());
        Assert.Equal(expected.InG2.ToArray(), points.InG2.ToArray());
        Assert.Equal(expected.AlphaInG1.ToArray(), points.AlphaInG1.ToArray());
        Assert.Equal(expected.BetaInG1.ToArray(), points.BetaInG1.ToArray());
        Assert.Equal(expected.OddInG1.ToArray(), points.OddInG1.ToArray());
    }

    [Fact]
    public void The_powers_of_an_unprepared_file_are_checked()
    {
        PtauWriter.WriteInsecure(InFolder("unprepared.ptau"), Secrets, Power, isPrepared: false);
        byte[] file = File.ReadAllBytes(InFolder("unprepared.ptau"));
        foreach (uint section in new uint[] { 2, 3, 4, 5 })
        {
            byte[] copy = [.. file];
            int length = section == 3 ? G2.ByteLength : G1.ByteLength;
            Array.Copy(file, SectionStart(section), copy, SectionStart(section) + (3 * length), length);
            Assert.Contains($"section {section}", AssertRefused(copy, 3));
        }
    }

    [Fact]
    public void A_file_of_snarkjs_is_read() =>
        Assert.True(PtauPhaseOne.TryRead(PtauFixture.Path, PtauFixture.Power, out _, out FileError? error), error?.ToString());

    [Fact]
    public void Secrets_of_our_own_are_of_unknown_origin() =>
        Assert.Equal(SetupTrust.Unknown, Read(2).Origin.Trust);

    [Fact]
    public void Files_that_do_not_serve_are_refused_by_name()
    {
        Assert.False(PtauPhaseOne.TryRead(InFolder("good.ptau"), Power + 1, out _, out FileError? error));
        Assert.Contains("header: the file serves domains up to 2^4 rows, 2^5 are needed", error.ToString());
        Assert.False(PtauPhaseOne.TryRead(InFolder("none.ptau"), Power, out _, out error));
        Assert.Contains("no such file", error.ToString());
    }

    [Theory]
    [InlineData(2u, 5, 64)]
    [InlineData(12u, 7, 64)]
    [InlineData(12u, 16, 64)]
    [InlineData(13u, 7, 128)]
    [InlineData(14u, 7, 64)]
    [InlineData(15u, 14, 64)]
    public void A_wrong_point_is_found_in_the_section_where_it_is(uint section, int index, int pointLength)
    {
        // Another point of the same section, so that only the relation between points is violated.
        int start = SectionStart(section);
        byte[] file = [.. _good];
        Array.Copy(_good, start, file, start + (index * pointLength), pointLength);
        Assert.Contains($"section {section}", AssertRefused(file, 3));
    }

    [Fact]
    public void Secrets_that_do_not_fit_together_are_found()
    {
        byte[] beta = [.. _good];
        G2.Generator.EncodeMontgomery(beta.AsSpan(SectionStart(6), G2.ByteLength));
        Assert.Contains("section 6: beta is not the same", AssertRefused(beta, 3));
        byte[] alpha = [.. _good];
        G1.Generator.EncodeMontgomery(alpha.AsSpan(SectionStart(4), G1.ByteLength));
        Assert.Contains("section 14", AssertRefused(alpha, 3));
        byte[] zero = [.. _good];
        zero.AsSpan(SectionStart(4), G1.ByteLength).Clear();
        Assert.Contains("alpha or beta is zero", AssertRefused(zero, 3));
    }

    [Fact]
    public void Every_truncation_is_refused()
    {
        for (int length = 0; length < _good.Length; length += 1 + (length / 9))
        {
            AssertRefused(_good[..length], 2);
        }
    }

    private PtauPhaseOne Read(int domainBits)
    {
        Assert.True(PtauPhaseOne.TryRead(InFolder("good.ptau"), domainBits, out PtauPhaseOne? phaseOne, out FileError? error), error?.ToString());
        return phaseOne;
    }

    private string AssertRefused(byte[] bytes, int domainBits)
    {
        File.WriteAllBytes(InFolder("hostile.ptau"), bytes);
        Assert.False(PtauPhaseOne.TryRead(InFolder("hostile.ptau"), domainBits, out _, out FileError? error));
        return error.ToString();
    }

    private int SectionStart(uint type)
    {
        int offset = 12;
        while (BitConverter.ToUInt32(_good, offset) != type)
        {
            offset += 12 + (int)BitConverter.ToInt64(_good, offset + 4);
        }

        return offset + 12;
    }

    private string InFolder(string name) => Path.Combine(_folder, name);
}
