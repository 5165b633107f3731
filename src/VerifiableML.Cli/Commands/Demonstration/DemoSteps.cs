using System.CommandLine;
using System.Text.Json.Nodes;
using Spectre.Console;
using VerifiableML.Cli.CommandLine;

namespace VerifiableML.Cli.Commands.Demonstration;

/// <summary>Runs commands one after another, each announced as it would be typed.</summary>
/// <param name="streams">Where their output goes.</param>
/// <param name="terminal">Where to speak.</param>
internal sealed class DemoSteps(InvocationConfiguration streams, Terminal terminal)
{
    /// <summary>What the commands reported, where JSON was asked for.</summary>
    public List<JsonNode?> Reports { get; } = [];

    /// <summary>Where to speak between steps.</summary>
    public Terminal Terminal => terminal;

    /// <summary>Runs a command in this process.</summary>
    public void Do(string title, params string[] arguments) => Do(title, Application.Run, arguments);

    /// <summary>Runs a command.</summary>
    /// <param name="title">What it is for; empty for one that goes on with what the one before was for.</param>
    /// <param name="run">How.</param>
    /// <param name="arguments">The words after <c>vml</c>.</param>
    public void Do(string title, Func<string[], TextWriter, TextWriter, int> run, params string[] arguments)
    {
        Announce(title);
        terminal.Line($"$ vml {string.Join(' ', arguments.Select(Shown))}");
        int code;
        if (terminal.IsJson)
        {
            using var output = new StringWriter();
            code = run([.. arguments, "--json"], output, streams.Error);
            Reports.Add(JsonNode.Parse(output.ToString()));
        }
        else
        {
            code = run(arguments, streams.Output, streams.Error);
        }

        if (code != ExitCode.Accepted)
        {
            throw new MisuseException($"the step 'vml {arguments[0]}' ended with code {code}");
        }
    }

    /// <summary>Begins a part.</summary>
    public void Announce(string title)
    {
        if (title.Length > 0)
        {
            terminal.Line();
            terminal.MarkupLine($"[bold]{Markup.Escape(title)}[/]");
        }
    }

    // Paths of the program's own folder are long and say nothing.
    private static string Shown(string argument) =>
        argument.StartsWith(AppContext.BaseDirectory, StringComparison.Ordinal) ? argument[AppContext.BaseDirectory.Length..] : argument;
}
