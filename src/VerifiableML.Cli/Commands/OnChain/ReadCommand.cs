using System.CommandLine;
using System.Globalization;
using System.Numerics;
using VerifiableML.Algebra;
using VerifiableML.Chain;
using VerifiableML.Chain.Contracts;
using VerifiableML.Chain.Encoding;
using VerifiableML.Circuits.Keys;
using VerifiableML.Cli.CommandLine;
using VerifiableML.Cli.Commands.Inputs;
using VerifiableML.Cli.Files;

namespace VerifiableML.Cli.Commands.OnChain;

/// <summary><c>vml chain read</c>: a verified output, from the chain alone.</summary>
internal sealed class ReadCommand : ChainVmlCommand
{
    private readonly Argument<string?> _folder = new("folder")
    {
        Description = "The model's folder, with chain.json; not needed with --contracts.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string?> _contracts = new("--contracts") { Description = "The chain.json of a registered model, from anywhere.", HelpName = "file" };
    private readonly Option<Address?> _requester = ChainOptions.CreateAddress("--requester", "Who submitted; the folder's request.json says, if not given.");
    private readonly Option<ulong?> _nonce = new("--nonce") { Description = "Under which nonce; the newest, if not given.", HelpName = "n" };

    public ReadCommand()
        : base(
            "read",
            "Reads a verified output back from the model's inbox, with the names and the scale that are registered. Needs a node and chain.json, and no key of any kind.",
            signs: false,
            "vml chain read lenet5.vml",
            "vml chain read --contracts chain.json --requester 0x… --nonce 0 --rpc https://node")
    {
        Add(_folder);
        Add(_contracts);
        Add(_requester);
        Add(_nonce);
        AddChainOptions();
        Validators.Add(result =>
        {
            if ((result.GetValue(_folder) ?? result.GetValue(_contracts)) is null)
            {
                result.AddError("Give a folder, or --contracts");
            }
        });
    }

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult arguments, ChainSession chain, Terminal terminal)
    {
        ModelFolder? folder = arguments.GetValue(_folder) is string root ? new ModelFolder(root) : null;
        string path = arguments.GetValue(_contracts) ?? folder!.Chain;
        ChainRecord record = File.Exists(path) ? ChainRecord.Read(path) : throw new MisuseException($"{path}: no such file: 'vml chain register' makes it");
        chain.RequireChain(record.ChainId, path);
        if (record is not { Model: { } model, Inbox: { } address })
        {
            throw new MisuseException($"{path}: no model with an inbox is registered: 'vml chain register' does both");
        }

        await DeployedCode.RequireAsync(chain.Node, record, path);
        var inbox = new InferenceInboxClient(chain.Node, address);
        Address requester = arguments.GetValue(_requester) ?? FindRequester(folder);
        BigInteger nonce = arguments.GetValue(_nonce) ?? await NewestAsync(inbox, requester);
        RegisteredModel registered = await ReadModelAsync(chain, record, model, inbox, path);
        KeptInference kept = await inbox.ReadAsync(requester, nonce);
        Show(registered, model, requester, nonce, kept, terminal);
        ShowInput(folder, kept, terminal);
        return ExitCode.Accepted;
    }

    private static Address FindRequester(ModelFolder? folder) => folder is not null && File.Exists(folder.Request)
        ? ChainRequest.Read(folder.Request).Requester : throw new MisuseException("whose? Give --requester");

    private static async Task<BigInteger> NewestAsync(InferenceInboxClient inbox, Address requester)
    {
        BigInteger next = await inbox.NextNonceAsync(requester);
        return next > 0 ? next - 1 : throw new MisuseException($"the inbox has nothing of {requester} yet: 'vml chain submit' submits a proof");
    }

    /// <summary>Scales and names are taken from the chain, not from files of whoever wrote chain.json.</summary>
    private static async Task<RegisteredModel> ReadModelAsync(
        ChainSession chain, ChainRecord record, RegisteredEntry model, InferenceInboxClient inbox, string path)
    {
        var registry = new ModelRegistryClient(chain.Node, record.Registry);
        Address key = await registry.KeyAsync(model.Id);
        if (await inbox.KeyAsync() != key)
        {
            throw new MisuseException($"{path}: the inbox at {inbox.Address} is of another model than {model.Id}");
        }

        byte[] code = await chain.Node.CodeAsync(key);
        byte[] metadata = await registry.MetadataAsync(model.Id);
        return code.Length > 0 && RegisteredModel.TryDecode(code.AsSpan(1), metadata, out RegisteredModel? registered)
            ? registered : throw new MisuseException($"{path}: the key or the metadata of model {model.Id} cannot be read");
    }

    private static void Show(RegisteredModel registered, RegisteredEntry model, Address requester, BigInteger nonce, KeptInference kept, Terminal terminal)
    {
        if (!registered.Output.TryUnpack(kept.Output.Span, out int[]? integers))
        {
            throw new MisuseException($"the inbox holds {kept.Output.Length} bytes, {registered.Output.Count * registered.Output.Width} expected");
        }

        if (registered.IsInsecure)
        {
            terminal.Warn("INSECURE SETUP: anyone can forge proofs of this model, so this output says nothing. For development only.");
        }

        var time = DateTimeOffset.FromUnixTimeSeconds((long)Math.Min(kept.Time, 253402300799ul));
        terminal.Report["model"] = new { registered.Name, Id = model.Id.ToString(), Commitment = registered.Commitment.ToString(), registered.IsInsecure };
        terminal.Report["requester"] = requester.ToString();
        terminal.Report["nonce"] = nonce.ToString();
        terminal.Report["time"] = time;
        terminal.Report["output"] = new { registered.Output.Name, registered.Output.Scale };
        terminal.Line($"model      {registered.Name}, version {model.Version} of {model.Name}, commitment {registered.Commitment}");
        terminal.Line($"requester  {requester}, nonce {nonce}, verified {time.ToString("u", CultureInfo.InvariantCulture)}");
        terminal.Line($"output     {registered.Output.Name}, {integers.Length} integers of scale {registered.Output.Scale:g6}");
        OutputReport.Of(integers, 1, registered.Output.Scale, registered.PostProcessing, [.. Enumerable.Range(0, integers.Length)]).Show(terminal, first: 0);
    }

    private static void ShowInput(ModelFolder? folder, KeptInference kept, Terminal terminal)
    {
        terminal.Report["inputHash"] = kept.InputHash.ToString();
        bool? isOurs = null;
        if (folder is not null && File.Exists(folder.PublicValues) && File.Exists(folder.VerificationKey))
        {
            VerificationKey key = ProofFiles.ReadKey(folder.VerificationKey);
            PublicDocument document = PublicStatementFile.Read(folder.PublicValues);
            isOurs = document.Statement.Problem(key.Circuit) is null
                && Keccak256.Hash(PublicData.Input(key.Circuit, document.Statement)).AsSpan().SequenceEqual(kept.InputHash.ToArray());
        }

        terminal.Report["inputIsThatOfPublicValues"] = isOurs;
        string remark = isOurs switch { true => ", that of public.json", false => ", not that of public.json", null => string.Empty };
        terminal.Line($"input      hash {kept.InputHash}{remark}");
    }
}
