using System.Text.Json;
using VerifiableML.Circuits.Wrapping;
using VerifiableML.Cli.CommandLine;
using VerifiableML.Cli.Commands;
using VerifiableML.Cli.Commands.Wrapping;
using VerifiableML.Protocol.Setup;

namespace VerifiableML.Cli.Tests.Commands;

/// <summary>Wrap keys from a <c>.ptau</c> file, and the ceremony that makes them usable.</summary>
public sealed class CeremonyTests(CeremonyFixture fixture) : IClassFixture<CeremonyFixture>
{
    [Fact]
    public void A_key_to_which_nobody_contributed_wraps_only_after_someone_did()
    {
        ModelFolder copy = fixture.Copy();
        Assert.Contains("nobody has contributed", AssertRefused("wrap", copy.Root));
        WrapFolderFixture.Expect("ceremony", "contribute", copy.Root, "--name", "Alice");
        WrapFolderFixture.Expect("wrap", copy.Root);
        (int code, JsonElement report, string error) = Vml.RunJson("verify", copy.Root);
        Assert.Equal(ExitCode.Accepted, code);
        Assert.Contains("UNKNOWN SETUP: the wrap key", error);
        Assert.Equal("unknown", report.GetProperty("wrapSetup").GetProperty("trust").GetString());
        Assert.Equal(1, report.GetProperty("wrapSetup").GetProperty("contributions").GetInt32());
        Assert.False(report.GetProperty("wrapSetup").GetProperty("isInsecure").GetBoolean());

        // Not even where the key says that it comes from a ceremony.
        WrapVerificationKey key = WrapKeyFiles.ReadVerificationKey(copy);
        WrapVerificationKeyFormat.Write(copy.WrapVerificationKey, key with { Trust = SetupTrust.Ceremony });
        Assert.Equal("unknown", Vml.RunJson("verify", copy.Root).Report.GetProperty("wrapSetup").GetProperty("trust").GetString());
    }

    [Fact]
    public void A_key_that_is_not_insecure_wants_its_phase_one()
    {
        ModelFolder copy = fixture.Copy();
        Assert.Contains("--ptau FILE", AssertRefused("ceremony", "verify", copy.Root));
        Assert.Contains("--r1cs FILE", AssertRefused("ceremony", "verify", copy.WrapProvingKey));
        File.Delete(copy.WrapVerificationKey);
        Assert.Contains("--ptau FILE", AssertRefused("keygen", copy.Root, "--wrap"));
    }

    [Fact]
    public void Files_of_powers_that_cannot_be_used_are_named()
    {
        ModelFolder copy = fixture.Copy();
        File.Delete(copy.WrapVerificationKey);
        string bad = Path.Combine(copy.Root, "bad.ptau");
        byte[] bytes = File.ReadAllBytes(fixture.Ptau);
        foreach (int length in new[] { 0, 100, bytes.Length / 2, bytes.Length - 1 })
        {
            File.WriteAllBytes(bad, bytes[..length]);
            Assert.Contains(bad, AssertRefused("keygen", copy.Root, "--wrap", "--ptau", bad));
        }

        File.Copy(copy.WrapProvingKey, bad, overwrite: true);
        Assert.Contains(bad, AssertRefused("keygen", copy.Root, "--wrap", "--ptau", bad));
    }

    [Fact]
    public void Choices_out_of_range_are_misuse()
    {
        string key = fixture.Folder.WrapProvingKey;
        Vml.AssertRefused("ceremony");
        Assert.Contains("vml ceremony beacon --help", Vml.AssertRefused("ceremony", "beacon", key, "--value", "xyz"));
        Assert.Contains("--value", Vml.AssertRefused("ceremony", "beacon", key));
        Assert.Contains("--iterations", Vml.AssertRefused("ceremony", "beacon", key, "--value", "01", "--iterations", "3"));
        Assert.Contains("characters", Vml.AssertRefused("ceremony", "contribute", key, "--name", new string('x', 65)));
        Assert.Contains(fixture.Ptau, AssertRefused("ceremony", "contribute", fixture.Ptau));
    }

    private static string AssertRefused(params string[] arguments)
    {
        // Warnings may come before the error; the error itself is the last line.
        (int code, _, string error) = Vml.Run(arguments);
        Assert.Equal(ExitCode.Misuse, code);
        string line = error.TrimEnd('\n').Split('\n')[^1];
        Assert.StartsWith("vml: ", line);
        Assert.DoesNotContain("unexpected", line);
        return line;
    }
}
