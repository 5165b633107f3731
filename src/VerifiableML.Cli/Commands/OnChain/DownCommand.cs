using System.CommandLine;
using VerifiableML.Cli.CommandLine;
using VerifiableML.Cli.Development;

namespace VerifiableML.Cli.Commands.OnChain;

/// <summary><c>vml chain down</c>: ends the local chain.</summary>
internal sealed class DownCommand : VmlCommand
{
    private readonly Option<string> _local = ChainOptions.CreateLocal();

    public DownCommand()
        : base("down", "Ends the local chain that 'vml chain up' started; everything on it is gone.", "vml chain down") => Add(_local);

    /// <inheritdoc/>
    protected override int Run(ParseResult arguments, Terminal terminal)
    {
        string folder = arguments.GetRequiredValue(_local);
        bool ran = new DevelopmentChain(folder).Stop();
        terminal.Report["ran"] = ran;
        terminal.Line(ran ? "The local chain has ended." : $"No local chain runs in {folder}.");
        return ExitCode.Accepted;
    }
}
