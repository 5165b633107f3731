using VerifiableML.Algebra;
using VerifiableML.Protocol.Setup;

namespace VerifiableML.Protocol.Tests.Setup;

public sealed class KnownCeremoniesTests
{
    /// <summary>[τ]G2 of the Hermez files in the EIP-197 form that Halo2 verifiers carry (there with the negated ordinate).</summary>
    private const string Hermez =
        "26186a2d65ee4d2f9c9a5b91f86597d35f192cd120caf7e935d8443d1938e23d" + "30441fd1b5d3370482c42152a8899027716989a6996c2535bc9f7fee8aaef79e"
        + "1970ea81dd6992adfbc571effb03503adbbb6a857f578403c6c40e22d65b3c02" + "054793348f12c0cf5622c340573cb277586319de359ab9389778f689786b1e48";

    [Fact]
    public void The_perpetual_powers_of_tau_are_recognised()
    {
        Assert.True(G2.TryDecode(Convert.FromHexString(Hermez), out G2 tauG2));
        SetupOrigin origin = KnownCeremonies.Recognise(tauG2);
        Assert.Equal(SetupTrust.Ceremony, origin.Trust);
        Assert.Contains("Perpetual Powers of Tau", origin.Name);
        Assert.Null(origin.Warning);
    }

    [Fact]
    public void Other_points_are_not()
    {
        Assert.True(G2.TryDecode(Convert.FromHexString(Hermez), out G2 tauG2));
        Assert.Equal(SetupTrust.Unknown, KnownCeremonies.Recognise(-tauG2).Trust);
        Assert.Equal(SetupTrust.Unknown, KnownCeremonies.Recognise(G2.Generator).Trust);
    }
}
