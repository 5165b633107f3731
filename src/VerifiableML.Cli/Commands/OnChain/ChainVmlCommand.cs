using System.CommandLine;
using VerifiableML.Chain.Abi;
using VerifiableML.Chain.Transactions;
using VerifiableML.Cli.CommandLine;

namespace VerifiableML.Cli.Commands.OnChain;

/// <summary>A command that talks to a chain. What a contract refuses is rejected, by the name of the contract's error.</summary>
internal abstract class ChainVmlCommand : VmlCommand
{
    private readonly ChainOptions _options = new();

    /// <summary>A command.</summary>
    /// <param name="name">The word.</param>
    /// <param name="description">What it does.</param>
    /// <param name="signs">Whether it sends transactions.</param>
    /// <param name="examples">Whole command lines.</param>
    protected ChainVmlCommand(string name, string description, bool signs, params string[] examples)
        : base(name, description, examples) => Signs = signs;

    private bool Signs { get; }

    /// <summary>Adds the options that say which chain is meant; after those of the command itself.</summary>
    protected void AddChainOptions() => _options.AddTo(this, Signs);

    /// <summary>Does the work on a chain.</summary>
    protected abstract Task<int> RunAsync(ParseResult arguments, ChainSession chain, Terminal terminal);

    /// <summary>Where transactions on their way are remembered, for commands that send any.</summary>
    protected virtual string? Journal(ParseResult arguments) => null;

    /// <inheritdoc/>
    protected sealed override int Run(ParseResult arguments, Terminal terminal) => WorkAsync(arguments, terminal).GetAwaiter().GetResult();

    private async Task<int> WorkAsync(ParseResult arguments, Terminal terminal)
    {
        string? journal = Journal(arguments);
        using ChainSession chain = await ChainSession.OpenAsync(_options, arguments, journal, terminal);
        try
        {
            // Going on without looking could do again what is done already.
            if (Directory.Exists(journal) && Directory.EnumerateFiles(journal).Any() && await chain.FinishEarlierAsync() > 0)
            {
                throw new MisuseException("an earlier run was cut off after it sent what is listed above, and nothing more was sent now; look at what it did, then run this again");
            }

            return await RunAsync(arguments, chain, terminal);
        }
        catch (CallRevertedException refused)
        {
            return Refuse(refused.Reason, $"{refused.Reason.Description}; nothing was sent", terminal);
        }
        catch (TransactionFailedException failed)
        {
            return Refuse(failed.Reason, failed.Message, terminal);
        }
    }

    private static int Refuse(RevertReason? reason, string text, Terminal terminal)
    {
        terminal.Report["refusal"] = new { Error = reason?.Name ?? string.Empty, Description = text };
        terminal.Line($"REFUSED by the contract: {text}");
        return ExitCode.Rejected;
    }
}
