using System.CommandLine;
using System.Numerics;
using VerifiableML.Chain;
using VerifiableML.Chain.Contracts;
using VerifiableML.Cli.CommandLine;
using VerifiableML.Cli.Files;

namespace VerifiableML.Cli.Commands.OnChain;

/// <summary><c>vml chain request</c>: what a proof has to be bound to, before it is made.</summary>
internal sealed class RequestCommand : ChainVmlCommand
{
    private readonly Argument<string> _folder = new("folder") { Description = "The model's folder, with chain.json." };
    private readonly Option<Address?> _consumer = ChainOptions.CreateAddress("--consumer", "The contract that will call the verifier; the model's inbox, if not given.");
    private readonly Option<Address?> _requester = ChainOptions.CreateAddress("--requester", "The account that will submit; that of the key, if not given.");
    private readonly Option<ulong?> _nonce = new("--nonce") { Description = "The consumer's number of the request; what its function nonces(address) says, if not given.", HelpName = "n" };
    private readonly Option<string?> _out = new("--out") { Description = "Where to write the request; request.json in the folder, if not given.", HelpName = "file" };

    public RequestCommand()
        : base(
            "request",
            "Writes request.json: chain, consumer, requester and nonce, which a proof is bound to, so that nobody else can use it and nobody can use it twice.",
            signs: true,
            "vml chain request lenet5.vml",
            "vml chain request lenet5.vml --consumer 0x… --requester 0x… --nonce 3")
    {
        Add(_folder);
        Add(_consumer);
        Add(_requester);
        Add(_nonce);
        Add(_out);
        AddChainOptions();
    }

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult arguments, ChainSession chain, Terminal terminal)
    {
        var folder = new ModelFolder(arguments.GetRequiredValue(_folder));
        Address consumer = arguments.GetValue(_consumer) ?? FindInbox(folder, chain);
        Address requester = arguments.GetValue(_requester) ?? chain.Account;
        ulong nonce = arguments.GetValue(_nonce) ?? await AskNonceAsync(chain, consumer, requester);
        ChainRequest request = ChainRequest.Of(chain.ChainId, consumer, requester, nonce);
        string path = arguments.GetValue(_out) ?? folder.Request;
        JsonFile.Write(path, request);

        terminal.Report["file"] = path;
        terminal.Report["consumer"] = consumer.ToString();
        terminal.Report["requester"] = requester.ToString();
        terminal.Report["nonce"] = nonce;
        terminal.Report["context"] = Convert.ToHexStringLower(request.Context.ToArray());
        terminal.Line($"chain      {chain.ChainId}");
        terminal.Line($"consumer   {consumer}");
        terminal.Line($"requester  {requester}, nonce {nonce}");
        terminal.Line($"context    {Convert.ToHexStringLower(request.Context.ToArray())}");
        terminal.Line($"{path}: to be proven for with 'vml prove {folder.Root} --input FILE --request {path} --wrap'");
        return ExitCode.Accepted;
    }

    private static Address FindInbox(ModelFolder folder, ChainSession chain)
    {
        ChainRecord record = File.Exists(folder.Chain)
            ? ChainRecord.Read(folder.Chain) : throw new MisuseException($"{folder.Chain}: no such file: 'vml chain register {folder.Root}' makes it, or give --consumer");
        chain.RequireChain(record.ChainId, folder.Chain);
        return record.Inbox ?? throw new MisuseException($"{folder.Chain}: inbox: the model has none: 'vml chain register {folder.Root}' deploys it, or give --consumer");
    }

    // Inbox and lending guard have the same function; other contracts may have another way to count.
    private static async Task<ulong> AskNonceAsync(ChainSession chain, Address consumer, Address requester)
    {
        try
        {
            BigInteger nonce = await new InferenceInboxClient(chain.Node, consumer).NextNonceAsync(requester);
            return nonce <= ulong.MaxValue ? (ulong)nonce : throw new MisuseException($"{consumer}: the nonce has more than 64 bits; give --nonce");
        }
        catch (Exception exception) when (exception is Chain.Transactions.CallRevertedException || exception.GetType() == typeof(ChainException))
        {
            throw new MisuseException($"the contract at {consumer} has no function nonces(address) to ask; give --nonce, or is there no contract on this chain?");
        }
    }
}
