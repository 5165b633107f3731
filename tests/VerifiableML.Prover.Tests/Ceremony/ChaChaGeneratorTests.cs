using VerifiableML.Algebra;
using VerifiableML.Prover.Ceremony;

namespace VerifiableML.Prover.Tests.Ceremony;

/// <summary>Draws from the seed 0, 1, … 31, as ffjavascript 0.3.0 makes them: <c>Fr.fromRng</c>, <c>G1.fromRng</c>, <c>G2.fromRng</c>, <c>Fr.fromRng</c>.</summary>
public sealed class ChaChaGeneratorTests
{
    [Fact]
    public void Draws_are_those_of_ffjavascript()
    {
        using var generator = new ChaChaGenerator([.. Enumerable.Range(0, 32).Select(i => (byte)i)]);
        Assert.Equal("4636623908613268458230351899306533327531125513431735265008719731024662760066", generator.NextScalar().ToString());
        G1 point = generator.NextG1();
        Assert.Equal("4283162802782358568160556894970654461307650178484095117365566211483040286183", point.X.ToString());
        Assert.Equal("16200305155417153706959141901242065816972046826484533799317911452111001916988", point.Y.ToString());
        G2 twist = generator.NextG2();
        Assert.Equal("1255120235341089099774262127279297667449860115641817662268169684384902853519", twist.X.C0.ToString());
        Assert.Equal("13127215189965143917387863897264868991025249037110387470113965604466533589629", twist.X.C1.ToString());
        Assert.Equal("1859127447478859848333722564802302167795536307049652291266693033713601779805", twist.Y.C0.ToString());
        Assert.Equal("104641537084136349141628799390771939672143398286301391840597263569815722874", twist.Y.C1.ToString());
        Assert.True(twist.IsInSubgroup);
        Assert.Equal("2640519916222400949638298941015483947426565482254591525309963575136030557547", generator.NextScalar().ToString());
    }
}
