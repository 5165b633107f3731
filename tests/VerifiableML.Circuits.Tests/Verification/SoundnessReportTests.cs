using VerifiableML.Circuits.Compilation;
using VerifiableML.Circuits.Verification;
using VerifiableML.Model.Samples;

namespace VerifiableML.Circuits.Tests.Verification;

public sealed class SoundnessReportTests
{
    public static TheoryData<string> Names => Draw.CaseNames;

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_circuit_has_the_bits_that_are_required(string name) => AssertSound(Draw.Circuit(name));

    [Fact]
    public void So_have_larger_ones()
    {
        AssertSound(CircuitCompiler.Compile(SyntheticModels.Lenet5(), new CircuitOptions(16)));
        AssertSound(CircuitCompiler.Compile(SyntheticModels.Mlp(784, 256, 10), new CircuitOptions()));
    }

    [Fact]
    public void The_total_is_what_the_terms_add_up_to()
    {
        SoundnessReport report = SoundnessReport.Of(Draw.Circuit("conv, pool, dense"));
        Assert.True(report.TotalBits <= report.Terms.Min(term => term.Bits));
        Assert.True(report.TotalBits >= report.Terms.Min(term => term.Bits) - Math.Log2(report.Terms.Length));
        string[] lines = [.. report.Lines()];
        Assert.Equal(report.Terms.Length + report.Assumptions.Length + 2, lines.Length);
        Assert.All(report.Terms, term => Assert.Contains(lines, line => line.Contains(term.Name, StringComparison.Ordinal)));
    }

    [Fact]
    public void A_larger_batch_costs_bits()
    {
        SoundnessReport one = SoundnessReport.Of(CircuitCompiler.Compile(SyntheticModels.Mlp(5, 7, 3), new CircuitOptions()));
        SoundnessReport many = SoundnessReport.Of(CircuitCompiler.Compile(SyntheticModels.Mlp(5, 7, 3), new CircuitOptions(1024)));
        Assert.True(many.TotalBits < one.TotalBits);
    }

    private static void AssertSound(Circuit circuit)
    {
        SoundnessReport report = SoundnessReport.Of(circuit);
        Assert.InRange(report.TotalBits, SoundnessReport.RequiredBits, 254);
        Assert.All(report.Terms, term => Assert.InRange(term.Bits, SoundnessReport.RequiredBits, 254));
        Assert.All(report.Assumptions, term => Assert.InRange(term.Bits, 95, 128));
    }
}
