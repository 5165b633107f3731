using VerifiableML.Cli.CommandLine;
using VerifiableML.Cli.Commands;

namespace VerifiableML.Cli.Tests.Commands;

/// <summary>Wrap keys and wrapped proofs that cannot be used: exit code 2 and one line that names file and cause.</summary>
[Collection(SharedWrapFolder.Name)]
public sealed class BadWrapFileTests(WrapFolderFixture fixture)
{
    [Theory]
    [InlineData("wrapped.vmlp", "verify")]
    [InlineData("wrap.key", "verify")]
    [InlineData("wrap.key", "wrap")]
    [InlineData("wrap.zkey", "wrap")]
    public void Files_that_are_cut_off_are_named(string name, string command)
    {
        ModelFolder copy = fixture.Copy();
        string path = Path.Combine(copy.Root, name);
        byte[] bytes = File.ReadAllBytes(path);
        foreach (int length in new[] { 0, 1, 9, 100, bytes.Length / 2, bytes.Length - 1 })
        {
            File.WriteAllBytes(path, bytes[..length]);
            Assert.Contains(path, AssertRefused(command, copy.Root));
        }

        File.WriteAllBytes(path, [.. bytes, 0]);
        Assert.Contains(path, AssertRefused(command, copy.Root));
    }

    [Theory]
    [InlineData("wrap.zkey")]
    [InlineData("wrap.key")]
    public void Keys_that_are_not_there_are_named_with_what_makes_them(string name)
    {
        ModelFolder copy = fixture.Copy();
        File.Delete(Path.Combine(copy.Root, name));
        Assert.Contains("keygen", AssertRefused("wrap", copy.Root));
    }

    [Fact]
    public void Files_in_each_others_place_are_named()
    {
        ModelFolder copy = fixture.Copy();
        File.Copy(copy.WrapVerificationKey, copy.WrapProvingKey, overwrite: true);
        Assert.Contains(copy.WrapProvingKey, AssertRefused("wrap", copy.Root));

        File.Copy(copy.WrappedProof, copy.WrapVerificationKey, overwrite: true);
        Assert.Contains(copy.WrapVerificationKey, AssertRefused("wrap", copy.Root));
        Assert.Contains(copy.WrapVerificationKey, AssertRefused("verify", copy.Root));

        File.Copy(copy.WrappedProof, copy.Proof, overwrite: true);
        Assert.Contains(copy.Proof, AssertRefused("wrap", copy.Root));
    }

    [Fact]
    public void Keys_for_core_proofs_do_not_wrap()
    {
        ModelFolder copy = fixture.Copy();
        WrapFolderFixture.Expect("keygen", copy.Root);
        WrapFolderFixture.Expect("prove", copy.Root, "--input", fixture.Samples);
        Assert.Contains("core proofs only", AssertRefused("wrap", copy.Root));
        Assert.Contains("core proofs only", AssertRefused("prove", copy.Root, "--input", fixture.Samples, "--wrap"));
    }

    [Fact]
    public void Keys_of_another_circuit_are_named()
    {
        ModelFolder other = fixture.Copy();
        WrapFolderFixture.Expect("keygen", other.Root, "--wrap", "--input-mode", "private");
        ModelFolder copy = fixture.Copy();
        File.Copy(other.WrapProvingKey, copy.WrapProvingKey, overwrite: true);
        Assert.Contains($"{copy.WrapProvingKey}: circuit", AssertRefused("wrap", copy.Root));

        File.Copy(other.WrapVerificationKey, copy.WrapVerificationKey, overwrite: true);
        Assert.Contains($"{copy.WrapVerificationKey}: circuit", AssertRefused("wrap", copy.Root));
        (int code, string text, _) = Vml.Run("verify", copy.Root);
        Assert.Equal(ExitCode.Rejected, code);
        Assert.Contains("the wrap key is of another circuit", text);
    }

    [Fact]
    public void Keys_that_differ_from_each_other_are_named()
    {
        ModelFolder other = fixture.Copy();
        File.Delete(other.WrapProvingKey);
        WrapFolderFixture.Expect("keygen", other.Root, "--wrap");
        ModelFolder copy = fixture.Copy();

        // The same circuit and phase one, another contribution.
        File.Copy(other.WrapProvingKey, copy.WrapProvingKey, overwrite: true);
        Assert.Contains("ceremony verify", AssertRefused("wrap", copy.Root));
        File.Copy(other.WrapVerificationKey, copy.WrapVerificationKey, overwrite: true);
        Assert.Equal(ExitCode.Rejected, Vml.Run("verify", copy.Root).Code);
    }

    [Fact]
    public void A_phase_one_is_asked_for_only_with_wrap() =>
        Assert.Contains("--ptau belongs to --wrap", Vml.AssertRefused("keygen", fixture.Root, "--ptau", "x"));

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
