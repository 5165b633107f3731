using System.Collections.Immutable;
using System.CommandLine;
using VerifiableML.Chain;
using VerifiableML.Chain.Abi;
using VerifiableML.Chain.Contracts;
using VerifiableML.Chain.Rpc;
using VerifiableML.Chain.Signing;
using VerifiableML.Chain.Transactions;
using VerifiableML.Cli.CommandLine;
using VerifiableML.Cli.Development;
using VerifiableML.Cli.Files;

namespace VerifiableML.Cli.Commands.OnChain;

/// <summary>A connection to a chain for the time of one command.</summary>
internal sealed class ChainSession : IDisposable
{
    // The first question tells quickly whether there is a node at all; later ones may wait for a busy one.
    private static readonly JsonRpcOptions First = new() { Timeout = TimeSpan.FromSeconds(5), Attempts = 2 };

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromMinutes(1) };
    private readonly Terminal _terminal;
    private readonly Uri _url;
    private readonly Lazy<PrivateKey> _key;
    private readonly SenderOptions _template;
    private readonly List<SentTransaction> _sent = [];
    private TransactionSender? _sender;

    private ChainSession(Uri url, bool isLocal, Func<PrivateKey> findKey, SenderOptions template, Terminal terminal)
    {
        (_url, IsLocal, _key, _template, _terminal) = (url, isLocal, new Lazy<PrivateKey>(findKey), template, terminal);
        Node = new EthereumNode(new JsonRpcClient(_http, _url));
    }

    /// <summary>The node.</summary>
    public EthereumNode Node { get; }

    /// <summary>The node's chain.</summary>
    public ulong ChainId { get; private set; }

    /// <summary>Whether it is the chain that <c>vml chain up</c> started, where nothing has a value.</summary>
    public bool IsLocal { get; }

    /// <summary>What was sent, in order.</summary>
    public IReadOnlyList<SentTransaction> Sent => _sent;

    /// <summary>The account that signs.</summary>
    /// <exception cref="MisuseException">There is no key.</exception>
    public Address Account => _key.Value.Address;

    /// <summary>Sends for <see cref="Account"/>.</summary>
    public TransactionSender Sender => _sender ??= new TransactionSender(Node, _key.Value, _template with { ChainId = ChainId });

    /// <summary>Connects to the chain that a command line names.</summary>
    /// <exception cref="MisuseException">There is no such chain.</exception>
    /// <param name="options">Its options.</param>
    /// <param name="arguments">The parsed command line.</param>
    /// <param name="journal">Where transactions on their way are remembered, or null.</param>
    /// <param name="terminal">Where to speak.</param>
    public static Task<ChainSession> OpenAsync(ChainOptions options, ParseResult arguments, string? journal, Terminal terminal)
    {
        var local = new DevelopmentChain(options.Local(arguments));
        Uri? running = local.Find()?.Url;
        Uri url = options.Rpc(arguments) is string rpc ? Parse(rpc) : running
            ?? throw new MisuseException($"which chain? Give --rpc URL, or start a local one: 'vml chain up' (none runs in {options.Local(arguments)})");
        bool isLocal = url == running;
        var template = new SenderOptions(0) { MaximumFee = options.MaximumFee(arguments), Journal = journal is null ? null : new TransactionJournal(journal) };
        template = template with { Confirmations = options.Confirmations(arguments) ?? (isLocal ? 1 : template.Confirmations) };
        return ConnectAsync(new ChainSession(url, isLocal, FindKey, isLocal ? Quick(template) : template, terminal));

        PrivateKey FindKey() =>
            options.KeyFile(arguments) is string path ? SigningKeys.Read(path)
            : isLocal ? SigningKeys.Read(local.KeyFile)
            : SigningKeys.FromEnvironment() is { } key ? key
            : throw new MisuseException($"who signs? Give --key-file FILE, or set the variable {SigningKeys.Variable}");
    }

    /// <summary>Connects to a local chain, with its own key.</summary>
    /// <exception cref="MisuseException">It does not run.</exception>
    public static Task<ChainSession> OpenAsync(DevelopmentChain local, Terminal terminal)
    {
        Uri url = local.Find()?.Url ?? throw new MisuseException("the local chain does not run");
        var options = Quick(new SenderOptions(0) { Confirmations = 1 });
        return ConnectAsync(new ChainSession(url, true, () => SigningKeys.Read(local.KeyFile), options, terminal));
    }

    /// <summary>Refuses a record of another chain.</summary>
    /// <exception cref="MisuseException">It is of another one.</exception>
    public void RequireChain(ulong chainId, string path)
    {
        if (chainId != ChainId)
        {
            throw new MisuseException($"{path}: chainId: is {chainId}, and the node is of chain {ChainId}; give the --rpc of chain {chainId}");
        }
    }

    /// <summary>Waits for transactions that an earlier run left behind, and says what became of them.</summary>
    /// <returns>How many there were.</returns>
    public async Task<int> FinishEarlierAsync()
    {
        ImmutableArray<PendingTransaction> left = Sender.Resume([.. InferenceInboxClient.Errors, .. LendingGuardClient.Errors]);
        foreach (PendingTransaction pending in left)
        {
            TransactionReceipt receipt = await Sender.ConfirmAsync(pending, new Steps("left by an earlier run", Sender.Options.Confirmations > 1, _terminal));
            string created = receipt.ContractAddress is { } address ? $", contract {address}" : string.Empty;
            _terminal.Line($"left by an earlier run: {receipt.TransactionHash} is done in block {receipt.BlockNumber}, {receipt.GasUsed:N0} gas{created}");
        }

        return left.Length;
    }

    /// <summary>Sends a transaction, waits until it is done, and says what it took.</summary>
    /// <param name="what">What it does, in words.</param>
    /// <param name="request">The transaction.</param>
    public Task<TransactionReceipt> SendAsync(string what, TransactionRequest request) => BookAsync(what, async progress =>
    {
        TransactionReceipt receipt = await Sender.SendAsync(request, progress);
        return (receipt, receipt);
    });

    /// <summary>Creates a contract.</summary>
    /// <param name="contract">Its name.</param>
    /// <param name="creationCode">Code and arguments.</param>
    /// <param name="errors">What its constructor may revert with.</param>
    public Task<Address> DeployAsync(string contract, byte[] creationCode, ImmutableArray<ContractError> errors = default) => BookAsync($"deploy {contract}", async progress =>
    {
        ContractDeployment deployed = await ContractDeployment.CreateAsync(Sender, creationCode, progress, errors);
        return (deployed.Address, deployed.Receipt);
    });

    /// <summary>Sends something that ends in a receipt, waits until it is done, and says what it took.</summary>
    public async Task<T> BookAsync<T>(string what, Func<IProgress<TransactionEvent>, Task<(T Result, TransactionReceipt Receipt)>> send)
    {
        (T result, TransactionReceipt receipt) = await send(new Steps(what, Sender.Options.Confirmations > 1, _terminal));
        _sent.Add(new SentTransaction(what, receipt.TransactionHash, receipt.GasUsed));
        _terminal.Report["transactions"] = _sent.Select(sent => new { sent.What, Hash = sent.Hash.ToString(), sent.Gas });
        _terminal.Line($"{what,-28} {receipt.GasUsed,10:N0} gas   {receipt.TransactionHash}");
        return result;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _sender?.Dispose();
        _http.Dispose();
    }

    // Paths, queries and user names of addresses often are passwords.
    private static string Shown(Uri url) => $"{url.Scheme}://{url.Host}:{url.Port}";

    private static Uri Parse(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out Uri? url) && url.Scheme is "http" or "https"
            ? url : throw new MisuseException("--rpc takes an address that starts with http:// or https://");

    private static SenderOptions Quick(SenderOptions options) => options with { PollInterval = TimeSpan.FromMilliseconds(50) };

    private static async Task<ChainSession> ConnectAsync(ChainSession session)
    {
        try
        {
            session.ChainId = await new EthereumNode(new JsonRpcClient(session._http, session._url, First)).ChainIdAsync();
        }
        catch (ChainException exception)
        {
            session.Dispose();
            throw new MisuseException($"--rpc {Shown(session._url)}: {exception.Message}; is it the address of a node, and does that node run?");
        }

        session._terminal.Report["chainId"] = session.ChainId;
        return session;
    }

    /// <summary>Says on standard error what becomes of a transaction, so that its hash is known whatever happens to this program.</summary>
    private sealed class Steps(string what, bool waits, Terminal terminal) : IProgress<TransactionEvent>
    {
        public void Report(TransactionEvent value)
        {
            string? text = value.Stage switch
            {
                TransactionStage.Signed => $"{what}: transaction {value.Hash}",
                TransactionStage.SentAgain => $"{what}: sent again",
                TransactionStage.FeesRaised => $"{what}: fees raised, transaction {value.Hash}",
                TransactionStage.Included when waits => $"{what}: in block {value.Receipt!.BlockNumber}, waiting for more blocks",
                TransactionStage.Displaced => $"{what}: its block was displaced",
                _ => null,
            };
            if (text is not null)
            {
                terminal.Note(text);
            }
        }
    }
}
