using System.Text.Json;
using VerifiableML.Cli.CommandLine;

namespace VerifiableML.Cli.Tests;

/// <summary>Runs <c>vml</c> inside the test process.</summary>
internal static class Vml
{
    public static (int Code, string Output, string Error) Run(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        int code = Application.Run(arguments, output, error);
        return (code, output.ToString(), error.ToString());
    }

    /// <summary>Runs with <c>--json</c> and asserts that standard output is one object.</summary>
    public static (int Code, JsonElement Report, string Error) RunJson(params string[] arguments)
    {
        (int code, string output, string error) = Run([.. arguments, "--json"]);
        return (code, JsonDocument.Parse(output).RootElement, error);
    }

    /// <summary>Asserts that the command is refused with exit code 2 and one line on standard error, and returns that line.</summary>
    public static string AssertRefused(params string[] arguments)
    {
        (int code, string output, string error) = Run(arguments);
        Assert.Equal(ExitCode.Misuse, code);
        Assert.Empty(output);
        Assert.StartsWith("vml: ", error);
        string line = error.TrimEnd('\n');
        Assert.DoesNotContain('\n', line);
        return line;
    }
}
