using System.CommandLine;
using System.CommandLine.Parsing;
using VerifiableML.Chain;
using VerifiableML.Chain.Contracts;
using VerifiableML.Chain.Rpc;
using VerifiableML.Cli.CommandLine;
using VerifiableML.Cli.Files;

namespace VerifiableML.Cli.Commands.OnChain;

/// <summary><c>vml chain status</c>: what has become of contracts, registration and transactions.</summary>
internal sealed class StatusCommand : ChainVmlCommand
{
    private readonly Argument<string?> _folder = new("folder")
    {
        Description = "A folder with chain.json; not needed with --transaction.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<Bytes32?> _transaction = new("--transaction")
    {
        Description = "A transaction to ask for, also one whose outcome was left open.",
        HelpName = "hash",
        CustomParser = ParseHash,
    };

    public StatusCommand()
        : base(
            "status",
            "Says where contracts and model are, and what has become of transactions.",
            signs: false,
            "vml chain status lenet5.vml",
            "vml chain status --transaction 0x… --rpc https://node")
    {
        Add(_folder);
        Add(_transaction);
        AddChainOptions();
        Validators.Add(result =>
        {
            if (result.GetValue(_folder) is null && result.GetResult(_transaction) is null)
            {
                result.AddError("Give a folder, or --transaction");
            }
        });
    }

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult arguments, ChainSession chain, Terminal terminal)
    {
        ulong newest = await chain.Node.BlockNumberAsync();
        terminal.Report["block"] = newest;
        terminal.Line($"chain        {chain.ChainId}, block {newest}");
        List<(string What, Bytes32 Hash)> transactions = [];
        if (arguments.GetValue(_folder) is string folder)
        {
            string path = new ModelFolder(folder).Chain;
            ChainRecord record = File.Exists(path) ? ChainRecord.Read(path) : throw new MisuseException($"{path}: no such file: 'vml chain deploy {folder}' makes it");
            chain.RequireChain(record.ChainId, path);
            await ShowRecordAsync(chain, record, path, terminal);
            transactions.AddRange(record.Transactions.Select(sent => (sent.What, sent.Hash)));
        }

        if (arguments.GetValue(_transaction) is { } asked)
        {
            transactions.Add(("asked for", asked));
        }

        await ShowTransactionsAsync(chain, transactions, newest, terminal);
        return ExitCode.Accepted;
    }

    private static async Task ShowRecordAsync(ChainSession chain, ChainRecord record, string path, Terminal terminal)
    {
        await DeployedCode.RequireAsync(chain.Node, record, path);
        terminal.Report["verifier"] = record.Verifier.ToString();
        terminal.Report["registry"] = record.Registry.ToString();
        terminal.Line($"verifier     {record.Verifier}");
        terminal.Line($"registry     {record.Registry}");
        if (record.Model is not { } model)
        {
            terminal.Line("model        none registered");
            return;
        }

        Address key = await new ModelRegistryClient(chain.Node, record.Registry).KeyAsync(model.Id);
        terminal.Report["model"] = new { Id = model.Id.ToString(), model.Name, Version = model.Version.ToString(), Key = key.ToString(), model.IsInsecure };
        terminal.Line($"model        {model.Id}, version {model.Version} of {model.Name}{(model.IsInsecure ? ", INSECURE SETUP" : string.Empty)}");
        terminal.Line($"key          {key}{(key == model.Key ? string.Empty : $", and not {model.Key} as {path} says")}");
        if (record.Inbox is { } inbox)
        {
            terminal.Report["inbox"] = inbox.ToString();
            terminal.Line($"inbox        {inbox}{((await chain.Node.CodeAsync(inbox)).Length > 0 ? string.Empty : ", where there is no contract")}");
        }
    }

    private static async Task ShowTransactionsAsync(ChainSession chain, List<(string What, Bytes32 Hash)> transactions, ulong newest, Terminal terminal)
    {
        List<object> reports = [];
        foreach ((string what, Bytes32 hash) in transactions)
        {
            TransactionReceipt? receipt = await chain.Node.ReceiptAsync(hash);
            string state = receipt is { Succeeded: true } ? "done" : receipt is not null ? "failed"
                : await chain.Node.KnowsTransactionAsync(hash) ? "waiting" : "unknown to this node";
            ulong blocks = receipt is null || receipt.BlockNumber > newest ? 0 : newest - receipt.BlockNumber + 1;
            reports.Add(new { What = what, Hash = hash.ToString(), State = state, receipt?.BlockNumber, Confirmations = blocks, receipt?.GasUsed });
            string details = receipt is null ? string.Empty : $" in block {receipt.BlockNumber}, {blocks} confirmations, {receipt.GasUsed:N0} gas";
            terminal.Line($"{what,-28} {hash}  {state}{details}");
        }

        terminal.Report["transactions"] = reports;
    }

    private static Bytes32? ParseHash(ArgumentResult result)
    {
        if (Bytes32.TryParse(result.Tokens[0].Value, out Bytes32 hash))
        {
            return hash;
        }

        result.AddError("--transaction takes 0x and 64 hexadecimal digits");
        return null;
    }
}
