using System.CommandLine;
using VerifiableML.Cli.CommandLine;

namespace VerifiableML.Cli.Commands;

/// <summary>A command of <c>vml</c>: one file, one class; its options are fields, its work is <see cref="Run"/>.</summary>
internal abstract class VmlCommand : Command
{
    /// <summary>A command.</summary>
    /// <param name="name">The word.</param>
    /// <param name="description">What it does, in a sentence or two.</param>
    /// <param name="examples">Whole command lines, shown at the end of its help.</param>
    protected VmlCommand(string name, string description, params string[] examples)
        : base(name, description)
    {
        Examples = examples;
        SetAction(Execute);
    }

    /// <summary>Whole command lines to learn from.</summary>
    public IReadOnlyList<string> Examples { get; }

    /// <summary>The words that call it: its own, after those of the command that it is a part of.</summary>
    public string FullName => Parents.OfType<VmlCommand>().FirstOrDefault() is { } parent ? $"{parent.FullName} {Name}" : Name;

    /// <summary>Does the work.</summary>
    /// <param name="arguments">The parsed command line.</param>
    /// <param name="terminal">Where to speak.</param>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    protected abstract int Run(ParseResult arguments, Terminal terminal);

    private int Execute(ParseResult arguments)
    {
        InvocationConfiguration streams = arguments.InvocationConfiguration;
        var terminal = new Terminal(streams.Output, streams.Error, arguments.GetValue(CommonOptions.Json));
        terminal.Report["command"] = FullName;
        int code = Run(arguments, terminal);
        terminal.Report["status"] = code == ExitCode.Accepted ? "ok" : "rejected";
        terminal.Finish();
        return code;
    }
}
