using VerifiableML.Algebra;
using VerifiableML.Protocol.Setup;

namespace VerifiableML.Protocol.Tests.Setup;

public sealed class InsecureSetupTests
{
    [Fact]
    public void Powers_are_consecutive_powers_of_one_secret()
    {
        StructuredReferenceString srs = InsecureSetup.Generate(300);
        Assert.Equal(300, srs.Count);
        Assert.Null(PowersCheck.FindFault(srs.Powers, srs.TauG2));
        Assert.True(Pairing.ProductIsOne([(srs.Powers[299], G2.Generator), (-srs.Powers[298], srs.TauG2)]));
    }

    [Fact]
    public void It_is_marked_wherever_it_is_named()
    {
        StructuredReferenceString srs = InsecureSetup.Generate(4);
        Assert.True(srs.IsInsecure);
        Assert.Contains("INSECURE", srs.Origin.Name);
        Assert.StartsWith("INSECURE SETUP", srs.Origin.Warning);
    }

    [Fact]
    public void Whoever_strips_the_mark_fools_nobody()
    {
        StructuredReferenceString marked = InsecureSetup.Generate(3);
        var unmarked = new StructuredReferenceString(marked.Powers, marked.TauG2, isInsecure: false);
        Assert.True(unmarked.IsInsecure);
        Assert.Equal(marked.Id.ToArray(), unmarked.Id.ToArray());
        Assert.Equal(SetupTrust.Insecure, KnownCeremonies.Recognise(marked.TauG2).Trust);
        Assert.True(InsecureSetup.IsAlpha(InsecureSetup.Secrets.AlphaG1));
        Assert.False(InsecureSetup.IsAlpha(InsecureSetup.Secrets.BetaG1));
    }

    [Fact]
    public void A_seed_gives_the_same_string_and_another_seed_another()
    {
        Assert.Equal(InsecureSetup.Generate(3, [1]).Id.ToArray(), InsecureSetup.Generate(5, [1]).Id.ToArray());
        Assert.NotEqual(InsecureSetup.Generate(3, [1]).Id.ToArray(), InsecureSetup.Generate(3, [2]).Id.ToArray());
        Assert.NotEqual(InsecureSetup.Generate(3, [1]).Id.ToArray(), InsecureSetup.Generate(3).Id.ToArray());
        Assert.Equal(InsecureSetup.Generate(3).Id.ToArray(), InsecureSetup.Generate(4).Id.ToArray());
    }

    [Fact]
    public void The_same_points_without_the_mark_are_another_setup()
    {
        StructuredReferenceString marked = InsecureSetup.Generate(3, [1]);
        var unmarked = new StructuredReferenceString(marked.Powers, marked.TauG2, isInsecure: false);
        Assert.NotEqual(marked.Id.ToArray(), unmarked.Id.ToArray());
    }

    [Fact]
    public void The_check_of_powers_finds_each_wrong_point()
    {
        StructuredReferenceString srs = InsecureSetup.Generate(6, [7]);
        for (int wrong = 0; wrong < srs.Count; wrong++)
        {
            G1[] points = [.. Enumerable.Range(0, srs.Count).Select(i => srs.Powers[i])];
            points[wrong] += G1.Generator;
            Assert.NotNull(PowersCheck.FindFault(new(points), srs.TauG2));
        }

        Assert.NotNull(PowersCheck.FindFault(srs.Powers, G2.Generator));
    }
}
