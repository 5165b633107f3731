using System.CommandLine;
using System.Text;
using VerifiableML.Chain;
using VerifiableML.Chain.Contracts;
using VerifiableML.Chain.Encoding;
using VerifiableML.Circuits;
using VerifiableML.Circuits.Keys;
using VerifiableML.Circuits.Wrapping;
using VerifiableML.Cli.CommandLine;
using VerifiableML.Cli.Commands.Wrapping;
using VerifiableML.Cli.Files;

namespace VerifiableML.Cli.Commands.OnChain;

/// <summary><c>vml chain register</c>: a model's key in the registry, and an inbox for its outputs.</summary>
internal sealed class RegisterCommand : ChainVmlCommand
{
    private const int LongestName = 64;

    private readonly Argument<string> _folder = new("folder") { Description = "The model's folder, with keys made by 'vml keygen --wrap'." };
    private readonly Option<string?> _name = new("--name") { Description = "The model's name in the registry, 1 to 64 bytes; that of the model file, if not given.", HelpName = "text" };
    private readonly Option<string?> _contracts = new("--contracts") { Description = "A chain.json other than the folder's to take verifier and registry from.", HelpName = "file" };
    private readonly Option<bool> _noInbox = new("--no-inbox") { Description = "Deploy no inbox: your own contract consumes the proofs." };
    private readonly Option<bool> _again = new("--again") { Description = "Register a new version even where this model is registered." };

    private readonly Option<bool> _acceptInsecure = new("--accept-insecure")
    {
        Description = "Register a model of an insecure setup on a chain that is not the local one, although anyone can forge its proofs.",
    };

    public RegisterCommand()
        : base(
            "register",
            "Registers a model: its key, names and scales go on chain, where nobody can change them; and deploys an inbox, a contract that keeps verified outputs.",
            signs: true,
            "vml chain register lenet5.vml",
            "vml chain register lenet5.vml --name digits --no-inbox --rpc https://node --key-file my.key")
    {
        Add(_folder);
        Add(_name);
        Add(_contracts);
        Add(_noInbox);
        Add(_again);
        Add(_acceptInsecure);
        AddChainOptions();
    }

    /// <inheritdoc/>
    protected override string? Journal(ParseResult arguments) => new ModelFolder(arguments.GetRequiredValue(_folder)).Pending;

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult arguments, ChainSession chain, Terminal terminal)
    {
        var folder = new ModelFolder(arguments.GetRequiredValue(_folder));
        string contracts = arguments.GetValue(_contracts) ?? folder.Chain;
        ChainRecord record = ReadContracts(contracts, folder);
        record = contracts == folder.Chain ? record : ChainRecord.Of(record.ChainId, record.Verifier, record.Registry);
        chain.RequireChain(record.ChainId, contracts);
        (VerificationKey key, byte[] blob) = ReadKeys(folder, terminal);
        bool isInsecure = KeyBlob.IsInsecure(blob);
        if (isInsecure && !chain.IsLocal && !arguments.GetValue(_acceptInsecure))
        {
            throw new MisuseException(
                $"{folder.WrapVerificationKey}: INSECURE SETUP: anyone can forge proofs of this model, and chain {chain.ChainId} is not the local one; make keys from a .ptau file "
                + "('vml setup --ptau', 'vml ceremony'), or give --accept-insecure");
        }

        await DeployedCode.RequireAsync(chain.Node, record, contracts);
        RegisteredEntry model = !arguments.GetValue(_again) && await FindAsync(chain, record, key, terminal) is { } found
            ? found : await AddAsync(chain, record, NameOf(arguments, key), key, blob);
        bool isNew = model != record.Model;
        Address? inbox = isNew ? null : record.Inbox;
        record = record with { Model = model, Inbox = inbox, Lending = isNew ? null : record.Lending };
        Save(folder, record, chain, terminal);
        ShowModel(key, model, terminal);
        if (inbox is null && !arguments.GetValue(_noInbox))
        {
            inbox = await DeployInboxAsync(chain, record, key, terminal);
            record = record with { Inbox = inbox };
            Save(folder, record, chain, terminal);
        }

        terminal.Report["inbox"] = inbox?.ToString();
        terminal.Line(inbox is null ? $"inbox       none" : $"inbox       {inbox}: keeps outputs that were proven to it");
        return ExitCode.Accepted;
    }

    private static ChainRecord ReadContracts(string path, ModelFolder folder) => File.Exists(path)
        ? ChainRecord.Read(path) : throw new MisuseException($"{path}: no such file: 'vml chain deploy {folder.Root}' makes it, or name one with --contracts");

    private static (VerificationKey Key, byte[] Blob) ReadKeys(ModelFolder folder, Terminal terminal)
    {
        VerificationKey key = ProofFiles.ReadKey(folder.VerificationKey);
        WrapTools.RequireHiding(folder, key);
        WrapVerificationKey wrap = WrapKeyFiles.ReadVerificationKey(folder);
        SetupNotice.Show(key.Setup, terminal);
        WrapNotice.Show(wrap, key.Setup, terminal);
        return KeyBlob.Problem(key, wrap) is string problem
            ? throw new MisuseException($"{folder.WrapVerificationKey}: {problem}") : (key, KeyBlob.Encode(key, wrap));
    }

    private string NameOf(ParseResult arguments, VerificationKey key)
    {
        string name = arguments.GetValue(_name) ?? key.Name;
        return Encoding.UTF8.GetByteCount(name) is >= 1 and <= LongestName
            ? name : throw new MisuseException($"a name in the registry has 1 to {LongestName} bytes; give another one with --name");
    }

    private static async Task<RegisteredEntry?> FindAsync(ChainSession chain, ChainRecord record, VerificationKey key, Terminal terminal)
    {
        if (record.Model is not { } model || !model.Commitment.ToArray().AsSpan().SequenceEqual(key.ModelCommitment()))
        {
            return null;
        }

        terminal.Note($"this model is registered already, as version {model.Version} of {model.Name}; --again registers a new version");
        return await new ModelRegistryClient(chain.Node, record.Registry).KeyAsync(model.Id) == model.Key
            ? model : throw new MisuseException($"model {model.Id} has another key in the registry than chain.json says");
    }

    private static Task<RegisteredEntry> AddAsync(ChainSession chain, ChainRecord record, string name, VerificationKey key, byte[] blob)
    {
        var registry = new ModelRegistryClient(chain.Node, record.Registry);
        return chain.BookAsync($"register {name}", async progress =>
        {
            (ModelRegistration made, var receipt) = await registry.RegisterAsync(chain.Sender, name, blob, KeyBlob.Metadata(key), progress);
            return (new RegisteredEntry(made.Id, made.Owner, made.Name, made.Version, made.ModelCommitment, made.Key, made.IsInsecure), receipt);
        });
    }

    private static async Task<Address?> DeployInboxAsync(ChainSession chain, ChainRecord record, VerificationKey key, Terminal terminal)
    {
        if (key.Circuit.Options.Output != Visibility.Public)
        {
            terminal.Note("no inbox: the model's output is not public, so there is nothing to keep");
            return null;
        }

        byte[] code = InferenceInboxClient.EncodeCreation(record.Verifier, record.Registry, record.Model!.Id, acceptsInsecureSetup: record.Model.IsInsecure);
        return await chain.DeployAsync(ContractCode.InferenceInbox, code, InferenceInboxClient.Errors);
    }

    private static void Save(ModelFolder folder, ChainRecord record, ChainSession chain, Terminal terminal)
    {
        IEnumerable<SentTransaction> before = record.Transactions.Except(chain.Sent);
        JsonFile.Write(folder.Chain, record with { Transactions = [.. before, .. chain.Sent] });
        terminal.Report["file"] = folder.Chain;
    }

    private static void ShowModel(VerificationKey key, RegisteredEntry model, Terminal terminal)
    {
        terminal.Report["model"] = new
        {
            Id = model.Id.ToString(),
            model.Name,
            Version = (ulong)model.Version,
            Commitment = model.Commitment.ToString(),
            Key = model.Key.ToString(),
            model.IsInsecure,
        };
        terminal.Line($"model       {model.Id}");
        terminal.Line($"            version {model.Version} of {model.Name}, commitment {model.Commitment}");
        terminal.Line($"            output {key.Output.Name}: {key.Circuit.Architecture.Output.Shape.Cells} integers of scale {key.Output.Scale:g6}");
        terminal.Line($"key         {model.Key}{(model.IsInsecure ? ", INSECURE SETUP" : string.Empty)}");
        if (model.IsInsecure)
        {
            terminal.Warn("INSECURE SETUP: the registry has marked this model as one whose proofs anyone can forge; its inbox takes them all the same. For development only.");
        }
    }
}
