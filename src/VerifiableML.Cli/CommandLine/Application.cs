using System.CommandLine;
using System.CommandLine.Help;
using VerifiableML.Cli.Commands;
using VerifiableML.Cli.Development;

namespace VerifiableML.Cli.CommandLine;

/// <summary>The command <c>vml</c>: parses, runs, and turns whatever goes wrong into one line and an exit code.</summary>
internal static class Application
{
    /// <summary>Set to any value, it makes unexpected errors come with their stack.</summary>
    public const string DebugVariable = "VML_DEBUG";

    /// <summary>Runs a command line.</summary>
    /// <param name="arguments">The words after <c>vml</c>.</param>
    /// <param name="output">Results, for people or (<c>--json</c>) as one JSON object.</param>
    /// <param name="error">Progress, warnings and errors.</param>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    public static int Run(string[] arguments, TextWriter output, TextWriter error)
    {
        // Taken from the words themselves, so that machines get their object even where the rest cannot be parsed.
        bool json = arguments.Contains(CommonOptions.Json.Name);
        try
        {
            ParseResult parsed = CreateRoot().Parse(arguments, new ParserConfiguration { EnablePosixBundling = false });
            var configuration = new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false };
            return parsed.Errors.Count > 0 ? RefuseCommandLine(parsed, output, error, json) : parsed.Invoke(configuration);
        }
        catch (Exception exception) when (Environment.GetEnvironmentVariable(DebugVariable) is null)
        {
            return Fail(ErrorText.Describe(exception), output, error, json);
        }
    }

    private static RootCommand CreateRoot()
    {
        var root = new RootCommand("Proves and verifies that a machine learning model, kept secret or not, computed an output.");
        root.Add(CommonOptions.Json);
        foreach (Command command in CommandList.Create())
        {
            root.Add(command);
        }

        foreach (HelpOption help in root.Options.OfType<HelpOption>())
        {
            help.Action = new HelpWithExamples((HelpAction)help.Action!);
        }

        return root;
    }

    private static int RefuseCommandLine(ParseResult parsed, TextWriter output, TextWriter error, bool json)
    {
        string path = parsed.CommandResult.Command is VmlCommand command ? $"vml {command.FullName}" : "vml";
        string cause = parsed.UnmatchedTokens.Count > 0 ? $"'{Shown(parsed.UnmatchedTokens[0])}' is not understood" : parsed.Errors[0].Message.Split('\n')[0].TrimEnd('.', '\r');
        return Fail($"{cause} (see: {path} --help)", output, error, json);
    }

    private static string Shown(string token) => SigningKeys.LooksLikeKey(token) ? "0x…" : token;

    private static int Fail(string message, TextWriter output, TextWriter error, bool json)
    {
        error.WriteLine($"vml: {message}");
        if (json)
        {
            output.WriteLine(new JsonReport { ["status"] = "error", ["error"] = message });
        }

        return ExitCode.Misuse;
    }
}
