using VerifiableML.Chain;
using VerifiableML.Chain.Abi;
using VerifiableML.Chain.Contracts;
using VerifiableML.Chain.Rpc;
using VerifiableML.Chain.Transactions;
using VerifiableML.Cli.CommandLine;
using VerifiableML.Cli.Commands.OnChain;
using VerifiableML.Cli.Development;
using VerifiableML.Cli.Files;

namespace VerifiableML.Cli.Commands.Demonstration;

/// <summary>The part of the demonstration that happens on a local chain: a proof is verified there, its output read back, and what is forged refused.</summary>
/// <param name="folder">The model's folder, with keys.</param>
/// <param name="steps">Runs commands.</param>
internal sealed class ChainPart(ModelFolder folder, DemoSteps steps)
{
    // Enough for a verification, and a block takes it: what is refused is refused by the contract and not by the node's estimate.
    private const ulong GasOfVerification = 1_000_000;

    private readonly string _local = Path.Combine(folder.Root, "local-chain");
    private readonly List<object> _refusals = [];

    private Terminal Terminal => steps.Terminal;

    /// <summary>Does all of it, or says what is missing for it.</summary>
    /// <param name="proveAgain">Arguments of <c>vml prove</c> that say what to prove.</param>
    /// <param name="files">The models.</param>
    /// <returns>Whether everything forged was refused.</returns>
    public bool Run(string[] proveAgain, DemoFiles files)
    {
        if (AnvilProgram.Find() is null)
        {
            steps.Announce("On chain: left out");
            Terminal.Line($"  {AnvilProgram.DescribeAbsence()}");
            Terminal.Report["chain"] = new { Skipped = AnvilProgram.DescribeAbsence() };
            return true;
        }

        var chain = new DevelopmentChain(_local);
        chain.Stop();

        // Also where this program is asked to end half-way.
        void End(object? sender, EventArgs e) => chain.Stop();
        AppDomain.CurrentDomain.ProcessExit += End;
        try
        {
            steps.Do("A local chain with the main chain's rules, with the verifier of all models and the registry", "chain", "up", "--detach", "--port", "0", "--local", _local);
            steps.Do(string.Empty, "chain", "deploy", folder.Root, "--again", "--local", _local);
            steps.Do("Register the model: nobody can change its key from now on", "chain", "register", folder.Root, "--local", _local);
            steps.Do("What a proof for this chain is bound to, and the proof", "chain", "request", folder.Root, "--local", _local);
            steps.Do(string.Empty, ["prove", folder.Root, .. proveAgain, "--request", folder.Request, "--wrap"]);
            bool allRefused = TryForgeriesAsync(chain).GetAwaiter().GetResult();
            steps.Do("The honest proof", "chain", "submit", folder.Root, "--local", _local);
            steps.Do("Read the verified output back, from the chain alone", "chain", "read", folder.Root, "--local", _local);
            allRefused &= new LendingPart(folder, _local, steps, Refused).RunAsync(files, chain).GetAwaiter().GetResult();
            Terminal.Report["chain"] = new { Refusals = _refusals };
            return allRefused;
        }
        finally
        {
            AppDomain.CurrentDomain.ProcessExit -= End;
            chain.Stop();
        }
    }

    private async Task<bool> TryForgeriesAsync(DevelopmentChain local)
    {
        steps.Announce("Forgeries, each sent to the inbox");
        using ChainSession chain = await ChainSession.OpenAsync(local, Terminal);
        var inbox = new InferenceInboxClient(chain.Node, ChainRecord.Read(folder.Chain).Inbox ?? throw new MisuseException($"{folder.Chain}: inbox: there is none"));
        ChainSubmission honest = ChainSubmission.Read(folder, request: null);
        bool allRefused = await IsRefusedInBlockAsync(chain, inbox, honest with { Document = FalseStatements.SwapGreatest(honest.Document) });
        foreach ((string name, Address sender, byte[] input, byte[] output, byte[] proof) in OnChainForgeries.Of(honest, chain.Account))
        {
            RevertReason? reason = await TryAsync(chain, inbox, sender, input, output, proof);
            allRefused &= Refused(name, reason);
        }

        return allRefused;
    }

    /// <summary>The gas is given, so the transaction is sent although it will fail: it is in a block, and changed nothing.</summary>
    private async Task<bool> IsRefusedInBlockAsync(ChainSession chain, InferenceInboxClient inbox, ChainSubmission forged)
    {
        const string Name = "another output claimed: the two greatest values change places; sent all the same";
        try
        {
            await chain.Sender.SendAsync(inbox.Request(forged.Input, forged.Output, forged.ProofBytes) with { GasLimit = GasOfVerification });
            return Refused(Name, null);
        }
        catch (TransactionFailedException failed)
        {
            return Refused($"{Name}: block {failed.Receipt.BlockNumber} has it as failed, {failed.Receipt.GasUsed:N0} gas", failed.Reason);
        }
    }

    private static async Task<RevertReason?> TryAsync(ChainSession chain, InferenceInboxClient inbox, Address sender, byte[] input, byte[] output, byte[] proof)
    {
        try
        {
            await chain.Node.CallAsync(new CallRequest(sender, inbox.Address, InferenceInboxClient.Encode(input, output, proof), GasLimit: GasOfVerification));
            return null;
        }
        catch (RpcErrorException error)
        {
            return RevertReason.Read(error.RevertData ?? default, InferenceInboxClient.Errors);
        }
    }

    /// <summary>Books one attempt; a refusal without a name of the contract's is none.</summary>
    private bool Refused(string name, RevertReason? reason)
    {
        bool refused = reason is { Name.Length: > 0 };
        _refusals.Add(new { Name = name, Refused = refused, Error = reason?.Description });
        Terminal.Line($"  {(refused ? "refused" : "ACCEPTED")}: {name}");
        Terminal.Line($"           {reason?.Description}");
        return refused;
    }
}
