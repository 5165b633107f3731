using VerifiableML.Cli.Commands;

namespace VerifiableML.Cli.Tests.Commands;

/// <summary>Files that cannot be used: exit code 2 and one line that names file, place and cause.</summary>
public sealed class BadFileTests(ModelFolderFixture fixture) : IClassFixture<ModelFolderFixture>
{
    [Theory]
    [InlineData("verification.key")]
    [InlineData("public.json")]
    [InlineData("proof.vmlp")]
    public void Verify_names_the_file_that_is_missing_or_cut_off(string name)
    {
        ModelFolder copy = fixture.Copy();
        string path = Path.Combine(copy.Root, name);
        byte[] bytes = File.ReadAllBytes(path);
        foreach (int length in new[] { 0, 1, 9, bytes.Length / 2, bytes.Length - 1 })
        {
            File.WriteAllBytes(path, bytes[..length]);
            Assert.Contains(path, AssertRefused("verify", copy.Root));
        }

        File.Delete(path);
        Assert.Contains("no such file", AssertRefused("verify", copy.Root));
    }

    [Theory]
    [InlineData("model.vmlm", "keygen")]
    [InlineData("srs.vmls", "keygen")]
    [InlineData("proving.key", "prove")]
    [InlineData("model.vmlm", "run")]
    public void Other_commands_name_theirs(string name, string command)
    {
        ModelFolder copy = fixture.Copy();
        string path = Path.Combine(copy.Root, name);
        byte[] bytes = File.ReadAllBytes(path);
        string[] arguments = command == "keygen" ? [command, copy.Root] : [command, copy.Root, "--input", fixture.Samples];
        foreach (int length in new[] { 0, 1, 9, bytes.Length / 2, bytes.Length - 1 })
        {
            File.WriteAllBytes(path, bytes[..length]);
            Assert.Contains(path, AssertRefused(arguments));
        }
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"format\":\"vml-public\"}")]
    [InlineData("{\"format\":1,\"version\":1,\"model\":\"\",\"context\":\"\",\"input\":[],\"inputCommitment\":null,\"output\":[],\"outputCommitment\":null}")]
    [InlineData("[[[[[[[[]]]]]]]]")]
    public void Public_values_of_another_form_are_one_line(string text)
    {
        ModelFolder copy = fixture.Copy();
        File.WriteAllText(copy.PublicValues, text);
        Assert.Contains(copy.PublicValues, AssertRefused("verify", copy.Root));
    }

    [Theory]
    [InlineData("1.5")]
    [InlineData("99999999999")]
    [InlineData("\"1\"")]
    [InlineData("null")]
    [InlineData("[1]")]
    public void A_public_value_that_is_no_integer_is_named(string value)
    {
        ModelFolder copy = fixture.Copy();
        string text = File.ReadAllText(copy.PublicValues);
        int start = text.IndexOf("\"output\":[", StringComparison.Ordinal) + 10;
        File.WriteAllText(copy.PublicValues, $"{text[..start]}{value},{text[start..]}");
        Assert.Contains("property 'output', item 0", AssertRefused("verify", copy.Root));
    }

    [Fact]
    public void Samples_that_do_not_fit_are_refused_with_the_tensors_name()
    {
        string path = Path.Combine(fixture.Root, "wrong.json");
        File.WriteAllText(path, "{\"input_data\": [[1, 2, 3]]}");
        Assert.Contains("shape", AssertRefused("run", fixture.Root, "--input", path));

        File.WriteAllText(path, $"{{\"input_data\": [[{string.Join(',', Enumerable.Repeat("1e9", 12))}]]}}");
        Assert.Contains("input 'input'", AssertRefused("run", fixture.Root, "--input", path));
        Assert.Equal(0, Vml.Run("run", fixture.Root, "--input", path, "--clamp").Code);
    }

    [Fact]
    public void Samples_that_are_not_there_are_refused() =>
        Assert.Contains("it has 3", AssertRefused("prove", fixture.Root, "--input", fixture.Samples, "--first", "3"));

    [Theory]
    [InlineData("--batch", "0")]
    [InlineData("--batch", "5000")]
    [InlineData("--batch", "x")]
    [InlineData("--input-mode", "secret")]
    public void Choices_out_of_range_are_misuse(string option, string value) => AssertRefused("keygen", fixture.Root, option, value);

    [Fact]
    public void Setup_wants_exactly_one_source()
    {
        Assert.Contains("--ptau FILE or --insecure", AssertRefused("setup", fixture.Root));
        Assert.Contains("--ptau FILE or --insecure", AssertRefused("setup", fixture.Root, "--insecure", "--ptau", "x"));
        Assert.Contains("no such file", AssertRefused("setup", fixture.Root, "--ptau", Path.Combine(fixture.Root, "missing.ptau")));
        Assert.Contains("not a .ptau file", AssertRefused("setup", fixture.Root, "--ptau", fixture.Samples));
    }

    [Fact]
    public void Inspect_and_quantize_name_what_is_no_model()
    {
        Assert.Contains("samples.json", AssertRefused("inspect", fixture.Samples));
        Assert.Contains("samples.json", AssertRefused("quantize", fixture.Samples));
    }

    private static string AssertRefused(params string[] arguments)
    {
        // Warnings may come before the error; the error itself is the last line.
        (int code, _, string error) = Vml.Run(arguments);
        Assert.Equal(2, code);
        string line = error.TrimEnd('\n').Split('\n')[^1];
        Assert.StartsWith("vml: ", line);
        Assert.DoesNotContain("unexpected", line);
        return line;
    }
}
