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

    /// <summary>[α]₁ and [β]₂ as Solidity verifiers of Groth16 proofs carry them.</summary>
    private const string Alpha = "2d4d9aa7e302d9df41749d5507949d05dbea33fbb16c643b22f599a2be6df2e2" + "14bedd503c37ceb061d8ec60209fe345ce89830a19230301f076caff004d1926";
    private const string Beta =
        "0967032fcbf776d1afc985f88877f182d38480a653f2decaa9794cbc3bf3060c" + "0e187847ad4c798374d0d6732bf501847dd68bc0e071241e0213bc7fc13db7ab"
        + "304cfbd1e08a704a99f5e847d93f8c3caafddec46b7a0d379da69a4d112346a7" + "1739c1b1a457a8c7313123d24d2f9192f896b7c63eea05a9d57f06547ad0cec8";

    [Fact]
    public void A_phase_one_is_recognised_by_all_of_its_secrets()
    {
        Assert.True(G2.TryDecode(Convert.FromHexString(Hermez), out G2 tauG2));
        Assert.True(G1.TryDecode(Convert.FromHexString(Alpha), out G1 alphaG1));
        Assert.True(G2.TryDecode(Convert.FromHexString(Beta), out G2 betaG2));
        Assert.Equal(SetupTrust.Ceremony, KnownCeremonies.RecognisePhaseOne(tauG2, alphaG1, betaG2).Trust);
        Assert.Equal(SetupTrust.Unknown, KnownCeremonies.RecognisePhaseOne(tauG2, G1.Generator, betaG2).Trust);
        Assert.Equal(SetupTrust.Unknown, KnownCeremonies.RecognisePhaseOne(tauG2, alphaG1, G2.Generator).Trust);
        Assert.Equal(SetupTrust.Unknown, KnownCeremonies.RecognisePhaseOne(G2.Generator, alphaG1, betaG2).Trust);
    }
}
