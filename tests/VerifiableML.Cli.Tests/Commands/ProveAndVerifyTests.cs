using System.Text.Json;
using VerifiableML.Cli.CommandLine;
using VerifiableML.Cli.Commands;

namespace VerifiableML.Cli.Tests.Commands;

public sealed class ProveAndVerifyTests(ModelFolderFixture fixture) : IClassFixture<ModelFolderFixture>
{
    [Fact]
    public void An_honest_proof_is_accepted_and_the_setup_is_called_insecure()
    {
        (int code, JsonElement report, string error) = Vml.RunJson("verify", fixture.Root);
        Assert.Equal(ExitCode.Accepted, code);
        Assert.True(report.GetProperty("accepted").GetBoolean());
        Assert.Equal("insecure", report.GetProperty("setup").GetProperty("trust").GetString());
        Assert.Contains("INSECURE SETUP", report.GetProperty("warnings")[0].GetString());
        Assert.Contains("INSECURE SETUP", error);
    }

    [Theory]
    [InlineData("keygen")]
    [InlineData("prove")]
    [InlineData("verify")]
    [InlineData("bench")]
    public void Every_command_that_uses_an_insecure_setup_says_so(string command)
    {
        ModelFolder copy = fixture.Copy();
        string[] arguments = command switch
        {
            "prove" => [command, copy.Root, "--input", fixture.Samples],
            "bench" => [command, copy.Root, "--runs", "1"],
            _ => [command, copy.Root],
        };
        (int code, _, string error) = Vml.Run(arguments);
        Assert.Equal(ExitCode.Accepted, code);
        Assert.Contains("INSECURE SETUP", error);
    }

    [Fact]
    public void Three_files_are_all_that_verify_needs()
    {
        ModelFolder copy = fixture.Copy();
        File.Delete(copy.Model);
        File.Delete(copy.ProvingKey);
        File.Delete(copy.Srs);
        (int code, string output, _) = Vml.Run("verify", "--key", copy.VerificationKey, "--public", copy.PublicValues, "--proof", copy.Proof);
        Assert.Equal(ExitCode.Accepted, code);
        Assert.Contains("ACCEPTED", output);
    }

    [Fact]
    public void Another_sample_makes_another_statement()
    {
        ModelFolder copy = fixture.Copy();
        Assert.Equal(ExitCode.Accepted, Vml.Run("prove", copy.Root, "--input", fixture.Samples, "--first", "1").Code);
        Assert.Equal(ExitCode.Accepted, Vml.Run("verify", copy.Root).Code);
        File.Copy(fixture.Folder.PublicValues, copy.PublicValues, overwrite: true);
        Assert.Equal(ExitCode.Rejected, Vml.Run("verify", copy.Root).Code);
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

        (int code, JsonElement report, _) = Vml.RunJson("verify", copy.Root);
        Assert.Equal(ExitCode.Rejected, code);
        Assert.False(report.GetProperty("accepted").GetBoolean());
        Assert.False(string.IsNullOrEmpty(report.GetProperty("rejection").GetProperty("detail").GetString()));
    }

    [Fact]
    public void Every_changed_byte_of_a_proof_is_refused()
    {
        ModelFolder copy = fixture.Copy();
        byte[] proof = File.ReadAllBytes(copy.Proof);
        for (int i = 0; i < proof.Length; i += 97)
        {
            byte[] changed = [.. proof];
            changed[i] ^= 1;
            File.WriteAllBytes(copy.Proof, changed);
            (int code, _, string error) = Vml.Run("verify", copy.Root);
            Assert.True(code is ExitCode.Rejected or ExitCode.Misuse, $"byte {i}: {code}");
            Assert.DoesNotContain("unexpected", error);
        }
    }

    [Fact]
    public void A_key_of_another_model_rejects()
    {
        ModelFolder other = fixture.Copy();
        WrapFolderFixture.Retrain(other);
        Assert.Equal(ExitCode.Accepted, Vml.Run("keygen", other.Root).Code);
        (int code, string output, _) = Vml.Run(
            "verify", "--key", other.VerificationKey, "--public", fixture.Folder.PublicValues, "--proof", fixture.Folder.Proof);
        Assert.Equal(ExitCode.Rejected, code);
        Assert.Contains("WrongKey", output);
    }

    [Fact]
    public void A_proof_is_bound_to_its_context()
    {
        ModelFolder copy = fixture.Copy();
        string context = new('a', 64);
        Assert.Equal(ExitCode.Accepted, Vml.Run("prove", copy.Root, "--input", fixture.Samples, "--context", context).Code);
        Assert.Equal(ExitCode.Accepted, Vml.Run("verify", copy.Root, "--context", context).Code);
        Assert.Equal(ExitCode.Rejected, Vml.Run("verify", copy.Root, "--context", new string('b', 64)).Code);

        File.WriteAllText(copy.PublicValues, File.ReadAllText(copy.PublicValues).Replace(context, new string('b', 64), StringComparison.Ordinal));
        Assert.Equal(ExitCode.Rejected, Vml.Run("verify", copy.Root, "--context", new string('b', 64)).Code);
    }

    [Theory]
    [InlineData("committed", "public")]
    [InlineData("private", "public")]
    [InlineData("public", "committed")]
    [InlineData("private", "private")]
    public void What_is_not_public_is_not_in_the_file(string input, string output)
    {
        ModelFolder copy = fixture.Copy();
        Assert.Equal(ExitCode.Accepted, Vml.Run("keygen", copy.Root, "--input-mode", input, "--output-mode", output, "--batch", "2").Code);
        Assert.Equal(ExitCode.Accepted, Vml.Run("prove", copy.Root, "--input", fixture.Samples).Code);
        JsonElement document = JsonDocument.Parse(File.ReadAllText(copy.PublicValues)).RootElement;
        Assert.Equal(input == "public", document.GetProperty("input").ValueKind == JsonValueKind.Array);
        Assert.Equal(output == "public", document.GetProperty("output").ValueKind == JsonValueKind.Array);
        Assert.Equal(ExitCode.Accepted, Vml.Run("verify", copy.Root).Code);
    }

    [Fact]
    public void Running_prints_integers_values_and_classes()
    {
        (int code, JsonElement report, _) = Vml.RunJson("run", fixture.Root, "--input", fixture.Samples, "--count", "2");
        Assert.Equal(ExitCode.Accepted, code);
        Assert.Equal(2, report.GetProperty("outputs").GetArrayLength());
        Assert.Equal(4, report.GetProperty("outputs")[1].GetProperty("integers").GetArrayLength());
    }

    [Fact]
    public void A_benchmark_names_its_unit_and_its_stages()
    {
        (int code, JsonElement report, _) = Vml.RunJson("bench", "6-5-4", "--runs", "1");
        Assert.Equal(ExitCode.Accepted, code);
        Assert.InRange(report.GetProperty("fieldMultiplication").GetProperty("scalarNanoseconds").GetDouble(), 1, 10_000);
        Assert.True(report.GetProperty("proveSeconds").GetDouble() > 0);
        Assert.True(report.GetProperty("stages").EnumerateObject().Count() >= 5);
        Assert.Contains("is no model to measure", Vml.AssertRefused("bench", "no-such-model"));
    }

    [Fact]
    public void Wrapping_is_measured_too()
    {
        (int code, JsonElement report, _) = Vml.RunJson("bench", "2-2", "--runs", "1", "--wrap");
        Assert.Equal(ExitCode.Accepted, code);
        Assert.InRange(report.GetProperty("wrappedProofBytes").GetInt32(), 1, 999);
        Assert.True(report.GetProperty("wrapStages").EnumerateObject().Count() >= 5);
        Assert.True(report.GetProperty("perConstraint").GetDouble() > 0);
        Assert.True(report.GetProperty("wrapKeyBytes").GetInt64() > 1_000_000);
    }
}
