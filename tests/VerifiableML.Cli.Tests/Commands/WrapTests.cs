using System.Text.Json;
using VerifiableML.Circuits.Wrapping;
using VerifiableML.Cli.CommandLine;
using VerifiableML.Cli.Commands;
using VerifiableML.Cli.Commands.Wrapping;
using VerifiableML.Protocol.Setup;

namespace VerifiableML.Cli.Tests.Commands;

/// <summary>Keys for wrapping, wrapping, and verifying what comes out.</summary>
[Collection(SharedWrapFolder.Name)]
public sealed class WrapTests(WrapFolderFixture fixture)
{
    [Fact]
    public void A_wrapped_proof_is_small_and_accepted_and_the_setup_is_called_insecure()
    {
        (int code, JsonElement report, string error) = Vml.RunJson("verify", fixture.Root);
        Assert.Equal(ExitCode.Accepted, code);
        Assert.Equal("wrapped", report.GetProperty("kind").GetString());
        Assert.True(report.GetProperty("accepted").GetBoolean());
        Assert.Equal("insecure", report.GetProperty("wrapSetup").GetProperty("trust").GetString());
        Assert.Equal(1, report.GetProperty("wrapSetup").GetProperty("contributions").GetInt32());
        Assert.Contains("anyone can forge wrapped proofs", error);
        Assert.StartsWith("nothing but", report.GetProperty("learned").GetProperty("weights").GetString());
        Assert.InRange(new FileInfo(fixture.Folder.WrappedProof).Length, 1, 999);
    }

    [Fact]
    public void The_kind_of_a_proof_is_taken_from_the_proof()
    {
        (int code, JsonElement report, _) = Vml.RunJson("verify", fixture.Root, "--proof", fixture.Folder.Proof);
        Assert.Equal(ExitCode.Accepted, code);
        Assert.Equal("core", report.GetProperty("kind").GetString());

        ModelFolder copy = fixture.Copy();
        File.Delete(copy.WrappedProof);
        Assert.Equal("core", Vml.RunJson("verify", copy.Root).Report.GetProperty("kind").GetString());
    }

    [Fact]
    public void Four_files_are_all_that_verify_needs()
    {
        ModelFolder copy = fixture.Copy();
        foreach (string file in new[] { copy.Model, copy.ProvingKey, copy.Srs, copy.WrapProvingKey, copy.Proof })
        {
            File.Delete(file);
        }

        string[] arguments = ["verify", "--key", copy.VerificationKey, "--public", copy.PublicValues, "--proof", copy.WrappedProof];
        Assert.Equal(ExitCode.Accepted, Vml.Run([.. arguments, "--wrap-key", copy.WrapVerificationKey]).Code);
        Assert.Contains("--wrap-key is missing", Vml.AssertRefused(arguments));
    }

    [Fact]
    public void Every_changed_byte_of_a_wrapped_proof_is_refused()
    {
        ModelFolder copy = fixture.Copy();
        byte[] proof = File.ReadAllBytes(copy.WrappedProof);
        for (int i = 0; i < proof.Length; i += 29)
        {
            byte[] changed = [.. proof];
            changed[i] ^= 1;
            File.WriteAllBytes(copy.WrappedProof, changed);
            (int code, _, string error) = Vml.Run("verify", copy.Root);
            Assert.True(code is ExitCode.Rejected or ExitCode.Misuse, $"byte {i}: {code}");
            Assert.DoesNotContain("unexpected", error);
        }
    }

    [Theory]
    [InlineData("input")]
    [InlineData("output")]
    public void Changed_public_values_are_rejected(string property)
    {
        ModelFolder copy = fixture.Copy();
        string text = File.ReadAllText(copy.PublicValues);
        int start = text.IndexOf($"\"{property}\":[", StringComparison.Ordinal) + property.Length + 4;
        int end = text.IndexOfAny([',', ']'], start);
        int value = int.Parse(text[start..end]);
        File.WriteAllText(copy.PublicValues, $"{text[..start]}{(value > 0 ? value - 1 : value + 1)}{text[end..]}");
        Assert.Equal(ExitCode.Rejected, Vml.Run("verify", copy.Root).Code);
        Assert.Equal(ExitCode.Rejected, Vml.Run("wrap", copy.Root).Code);
    }

    [Fact]
    public void New_weights_need_no_new_wrap_key()
    {
        ModelFolder copy = fixture.Copy();
        byte[] wrapKey = File.ReadAllBytes(copy.WrapVerificationKey);
        WrapFolderFixture.Retrain(copy);
        (int code, JsonElement report, _) = Vml.RunJson("keygen", copy.Root, "--wrap");
        Assert.Equal(ExitCode.Accepted, code);
        Assert.True(report.GetProperty("wrapKey").GetProperty("isKept").GetBoolean());
        Assert.Equal(wrapKey, File.ReadAllBytes(copy.WrapVerificationKey));
        WrapFolderFixture.Expect("prove", copy.Root, "--input", fixture.Samples, "--wrap");
        Assert.Equal(ExitCode.Accepted, Vml.Run("verify", copy.Root).Code);

        // The first model's key does not take the second one's proof, though both have the same wrap key.
        File.Copy(fixture.Folder.VerificationKey, copy.VerificationKey, overwrite: true);
        Assert.Equal(ExitCode.Rejected, Vml.Run("verify", copy.Root).Code);
    }

    [Fact]
    public void A_new_proof_takes_the_old_wrapped_one_away()
    {
        ModelFolder copy = fixture.Copy();
        WrapFolderFixture.Expect("prove", copy.Root, "--input", fixture.Samples, "--first", "1");
        Assert.False(File.Exists(copy.WrappedProof));
    }

    [Theory]
    [InlineData("committed", "public")]
    [InlineData("private", "private")]
    public void What_is_not_public_is_told_as_little_as_promised(string input, string output)
    {
        ModelFolder copy = fixture.Copy();
        WrapFolderFixture.Expect("keygen", copy.Root, "--wrap", "--input-mode", input, "--output-mode", output);
        WrapFolderFixture.Expect("prove", copy.Root, "--input", fixture.Samples, "--wrap");
        (int code, JsonElement report, _) = Vml.RunJson("verify", copy.Root);
        Assert.Equal(ExitCode.Accepted, code);
        Assert.StartsWith(input == "private" ? "nothing" : "the hash", report.GetProperty("learned").GetProperty("input").GetString());
        Assert.StartsWith(output == "private" ? "nothing" : "all its 4", report.GetProperty("learned").GetProperty("output").GetString());
    }

    [Fact]
    public void A_key_to_which_nobody_contributed_is_refused()
    {
        ModelFolder copy = fixture.Copy();
        WrapVerificationKey key = WrapKeyFiles.ReadVerificationKey(copy);
        WrapVerificationKeyFormat.Write(
            copy.WrapVerificationKey, key with { Groth16 = key.Groth16 with { Delta = key.Groth16.Gamma }, Contributions = 0 });
        (int code, string text, string error) = Vml.Run("verify", copy.Root);
        Assert.Equal(ExitCode.Rejected, code);
        Assert.Contains("WrongKey", text);
        Assert.Contains("nobody has contributed", error);
    }

    [Fact]
    public void A_mark_of_trust_that_lies_changes_nothing()
    {
        ModelFolder copy = fixture.Copy();
        WrapVerificationKey key = WrapKeyFiles.ReadVerificationKey(copy);
        WrapVerificationKeyFormat.Write(copy.WrapVerificationKey, key with { Trust = SetupTrust.Ceremony, Contributions = 99 });
        (_, JsonElement report, string error) = Vml.RunJson("verify", copy.Root);
        Assert.Equal("insecure", report.GetProperty("wrapSetup").GetProperty("trust").GetString());
        Assert.Contains("anyone can forge wrapped proofs", error);
    }
}
