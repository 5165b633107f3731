using System.Text.Json;
using VerifiableML.Cli.CommandLine;
using VerifiableML.Cli.Commands;

namespace VerifiableML.Cli.Tests.Commands;

/// <summary>A ceremony of several parties, under the insecure setup because its keys are made in a second.</summary>
[Collection(SharedWrapFolder.Name)]
public sealed class ContributionTests(WrapFolderFixture fixture)
{
    [Fact]
    public void Parties_contribute_one_after_the_other_and_everyone_can_check_it()
    {
        ModelFolder copy = fixture.Copy();
        (int code, JsonElement report, _) = Vml.RunJson("ceremony", "contribute", copy.Root, "--name", "Alice", "--entropy", "six dice");
        Assert.Equal(ExitCode.Accepted, code);
        Assert.Equal("ceremony contribute", report.GetProperty("command").GetString());
        string hash = report.GetProperty("hash").GetString()!;
        Assert.Equal(128, hash.Length);
        Assert.DoesNotContain("six dice", report.ToString());

        // A party that has the file and nothing else.
        string passed = Path.Combine(copy.Root, "passed.zkey");
        WrapFolderFixture.Expect("ceremony", "contribute", copy.WrapProvingKey, "--out", passed, "--name", "Bob");
        File.Move(passed, copy.WrapProvingKey, overwrite: true);
        (code, _, string error) = Vml.Run("wrap", copy.Root);
        Assert.Equal(ExitCode.Misuse, code);
        Assert.Contains($"'vml ceremony verify {copy.Root}' makes that anew", error);
        WrapFolderFixture.Expect("ceremony", "beacon", copy.WrapProvingKey, "--value", "0102030405", "--iterations", "10", "--name", "block 7");

        (code, report, error) = Vml.RunJson("ceremony", "verify", copy.Root);
        Assert.Equal(ExitCode.Accepted, code);
        Assert.Contains("INSECURE SETUP", error);
        JsonElement[] contributions = [.. report.GetProperty("contributions").EnumerateArray()];
        Assert.Equal(
            ["local, insecure", "Alice", "Bob", "block 7"], contributions.Select(contribution => contribution.GetProperty("name").GetString()));
        Assert.Equal(hash, contributions[1].GetProperty("hash").GetString());
        Assert.True(contributions[3].GetProperty("isBeacon").GetBoolean());

        WrapFolderFixture.Expect("wrap", copy.Root);
        Assert.Equal(3, Vml.RunJson("verify", copy.Root).Report.GetProperty("wrapSetup").GetProperty("contributions").GetInt32());
    }

    [Fact]
    public void A_key_of_another_circuit_is_rejected_and_no_verification_key_made_of_it()
    {
        ModelFolder copy = fixture.Copy();
        WrapFolderFixture.Expect("keygen", copy.Root, "--wrap", "--output-mode", "private");
        File.Copy(fixture.Folder.WrapProvingKey, copy.WrapProvingKey, overwrite: true);
        byte[] before = File.ReadAllBytes(copy.WrapVerificationKey);
        (int code, JsonElement report, _) = Vml.RunJson("ceremony", "verify", copy.Root);
        Assert.Equal(ExitCode.Rejected, code);
        Assert.Equal("Circuit", report.GetProperty("rejection").GetProperty("reason").GetString());
        Assert.Equal(before, File.ReadAllBytes(copy.WrapVerificationKey));
    }
}
