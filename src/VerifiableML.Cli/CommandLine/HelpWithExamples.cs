using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using VerifiableML.Cli.Commands;

namespace VerifiableML.Cli.CommandLine;

/// <summary>The usual help text, followed by the command's examples.</summary>
internal sealed class HelpWithExamples(HelpAction usual) : SynchronousCommandLineAction
{
    // Asking for help with a required argument missing is no mistake.
    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        int result = usual.Invoke(parseResult);
        TextWriter output = parseResult.InvocationConfiguration.Output;
        IReadOnlyList<string> examples = parseResult.CommandResult.Command is VmlCommand command ? command.Examples : CommandList.Examples;
        output.WriteLine("Examples:");
        foreach (string example in examples)
        {
            output.WriteLine($"  {example}");
        }

        if (parseResult.CommandResult.Command is RootCommand)
        {
            output.WriteLine();
            output.WriteLine("Exit codes: 0 done, or accepted; 1 rejected; 2 misuse or a file that cannot be used.");
        }

        return result;
    }
}
