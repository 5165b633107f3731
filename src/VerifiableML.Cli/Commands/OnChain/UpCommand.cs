using System.CommandLine;
using System.Runtime.InteropServices;
using VerifiableML.Cli.CommandLine;
using VerifiableML.Cli.Development;

namespace VerifiableML.Cli.Commands.OnChain;

/// <summary><c>vml chain up</c>: a local chain for development.</summary>
internal sealed class UpCommand : VmlCommand
{
    private readonly Option<int> _port = new("--port")
    {
        Description = "The port on 127.0.0.1; 0 for any free one.",
        HelpName = "n",
        DefaultValueFactory = _ => 8545,
    };

    private readonly Option<bool> _detach = new("--detach") { Description = "Return at once and leave the chain running; 'vml chain down' ends it." };
    private readonly Option<string> _local = ChainOptions.CreateLocal();

    public UpCommand()
        : base(
            "up",
            "Starts an empty local chain with the main chain's current rules, for this machine alone, with an account that has funds. It runs until Ctrl-C.",
            "vml chain up",
            "vml chain up --detach --port 0")
    {
        Add(_port);
        Add(_detach);
        Add(_local);
        Validators.Add(result =>
        {
            if (result.GetValue(_port) is < 0 or > ushort.MaxValue)
            {
                result.AddError($"--port takes a number between 0 and {ushort.MaxValue}");
            }
        });
    }

    /// <inheritdoc/>
    protected override int Run(ParseResult arguments, Terminal terminal)
    {
        string folder = arguments.GetRequiredValue(_local);
        var chain = new DevelopmentChain(folder);
        DevelopmentNode node = terminal.Step("start the chain", () => chain.Start(arguments.GetValue(_port)));
        terminal.Report["url"] = node.Url;
        terminal.Report["chainId"] = node.ChainId;
        terminal.Report["account"] = node.Account.ToString();
        terminal.Report["keyFile"] = chain.KeyFile;
        terminal.Report["processId"] = node.ProcessId;
        terminal.Line($"url       {node.Url.AbsoluteUri.TrimEnd('/')}");
        terminal.Line($"chain id  {node.ChainId}");
        terminal.Line($"account   {node.Account}, 10,000 ether of no value");
        terminal.Line($"key file  {chain.KeyFile}");
        if (arguments.GetValue(_detach))
        {
            terminal.Line($"process   {node.ProcessId}; 'vml chain down' ends it and everything on it");
            return ExitCode.Accepted;
        }

        terminal.Line("Ctrl-C ends it and everything on it.");
        terminal.Report["status"] = "ok";
        terminal.Finish();
        return WaitForEnd(chain, node);
    }

    private static int WaitForEnd(DevelopmentChain chain, DevelopmentNode node)
    {
        using var end = new CancellationTokenSource();
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, EndGently);
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, EndGently);
        using PosixSignalRegistration hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, EndGently);
        try
        {
            DevelopmentChain.WaitAsync(node, end.Token).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            // Asked to end.
        }

        chain.Stop();

        // Ctrl-C reaches the chain as well, often first.
        Thread.Sleep(50);
        return end.IsCancellationRequested ? ExitCode.Accepted : throw new MisuseException($"the chain ended by itself: {chain.LastWords()}");

        void EndGently(PosixSignalContext context)
        {
            context.Cancel = true;
            end.Cancel();
        }
    }
}
