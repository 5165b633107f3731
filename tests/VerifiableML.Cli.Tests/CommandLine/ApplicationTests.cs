using VerifiableML.Cli.CommandLine;
using VerifiableML.Cli.Commands;

namespace VerifiableML.Cli.Tests.CommandLine;

public sealed class ApplicationTests
{
    public static TheoryData<string> CommandNames => [.. CommandList.Create().Select(command => command.Name)];

    [Fact]
    public void Help_lists_every_command_and_the_exit_codes()
    {
        (int code, string output, _) = Vml.Run("--help");
        Assert.Equal(ExitCode.Accepted, code);
        Assert.Contains("Exit codes: 0 done, or accepted; 1 rejected; 2 misuse", output);
        Assert.All(CommandList.Create(), command => Assert.Contains($"  {command.Name} ", output));
    }

    [Theory]
    [MemberData(nameof(CommandNames))]
    public void Every_command_has_help_with_examples(string name)
    {
        (int code, string output, _) = Vml.Run(name, "--help");
        Assert.Equal(ExitCode.Accepted, code);
        Assert.Contains("Examples:", output);
        Assert.Contains($"  vml {name}", output);
        Assert.Contains("--json", output);
    }

    [Fact]
    public void An_unknown_command_is_misuse() => Assert.Contains("frobnicate", Vml.AssertRefused("frobnicate"));

    [Fact]
    public void An_unknown_option_is_misuse() => Assert.Contains("--frobnicate", Vml.AssertRefused("--frobnicate"));

    [Fact]
    public void Misuse_is_an_object_for_machines()
    {
        (int code, var report, string error) = Vml.RunJson("frobnicate");
        Assert.Equal(ExitCode.Misuse, code);
        Assert.Equal("error", report.GetProperty("status").GetString());
        Assert.Contains("frobnicate", report.GetProperty("error").GetString());
        Assert.StartsWith("vml: ", error);
    }

    [Fact]
    public void Unexpected_errors_are_one_line() =>
        Assert.Equal(
            "unexpected error, please report it: InvalidOperationException: two lines (VML_DEBUG=1 shows more)",
            ErrorText.Describe(new InvalidOperationException("two\nlines")));
}
