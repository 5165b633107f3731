using System.CommandLine;
using VerifiableML.Chain;
using VerifiableML.Chain.Contracts;
using VerifiableML.Cli.CommandLine;
using VerifiableML.Cli.Files;

namespace VerifiableML.Cli.Commands.OnChain;

/// <summary><c>vml chain deploy</c>: the contracts that serve all models.</summary>
internal sealed class DeployCommand : ChainVmlCommand
{
    private readonly Argument<string?> _folder = new("folder")
    {
        Description = "A model's folder, where chain.json is written; not needed with --out.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string?> _out = new("--out") { Description = "Where to write the addresses; chain.json in the folder, if not given.", HelpName = "file" };
    private readonly Option<Address?> _verifier = ChainOptions.CreateAddress("--verifier", "An InferenceVerifier that is there already, to be used.");
    private readonly Option<Address?> _registry = ChainOptions.CreateAddress("--registry", "A ModelRegistry that is there already, to be used.");
    private readonly Option<bool> _again = new("--again") { Description = "Deploy anew even where chain.json names contracts." };

    private readonly Option<bool> _guard = new("--guard")
    {
        Description = "On the local chain, with the liquidation-risk model registered: deploy a lending guard, a feed whose reporter is the account, and a coin to lend, too.",
    };

    public DeployCommand()
        : base(
            "deploy",
            "Deploys the verifier of wrapped proofs and the registry of models, once for all models, and writes their addresses to chain.json.",
            signs: true,
            "vml chain deploy lenet5.vml                                         on the local chain",
            "vml chain deploy lenet5.vml --rpc https://node --key-file my.key",
            "vml chain deploy lenet5.vml --verifier 0x… --registry 0x…           use contracts that are there")
    {
        Add(_folder);
        Add(_out);
        Add(_verifier);
        Add(_registry);
        Add(_again);
        Add(_guard);
        AddChainOptions();
        Validators.Add(result =>
        {
            if ((result.GetValue(_folder) ?? result.GetValue(_out)) is null)
            {
                result.AddError("Give a folder, or --out");
            }
        });
    }

    /// <inheritdoc/>
    protected override string? Journal(ParseResult arguments) => new ModelFolder(Path.GetDirectoryName(PathOf(arguments)) ?? string.Empty).Pending;

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult arguments, ChainSession chain, Terminal terminal)
    {
        string path = PathOf(arguments);
        ChainRecord? known = File.Exists(path) && !arguments.GetValue(_again) ? ChainRecord.Read(path) : null;
        if (known is not null && known.ChainId != chain.ChainId)
        {
            throw new MisuseException($"{path}: chainId: is of chain {known.ChainId}, and the node is of chain {chain.ChainId}; --again overwrites it, --out writes elsewhere");
        }

        Address verifier = await FindOrDeployAsync(chain, ContractCode.InferenceVerifier, arguments.GetValue(_verifier), known?.Verifier, path, terminal);
        Address registry = await FindOrDeployAsync(chain, ContractCode.ModelRegistry, arguments.GetValue(_registry), known?.Registry, path, terminal);
        ChainRecord record = known is not null && known.Verifier == verifier && known.Registry == registry && chain.Sent.Count == 0
            ? known : ChainRecord.Of(chain.ChainId, verifier, registry) with { Transactions = [.. chain.Sent] };
        JsonFile.Write(path, record);
        if (arguments.GetValue(_guard))
        {
            record = record with { Lending = await LendingDeployment.RunAsync(chain, record, path, terminal) };
            JsonFile.Write(path, record with { Transactions = [.. record.Transactions.Except(chain.Sent), .. chain.Sent] });
        }

        terminal.Report["file"] = path;
        terminal.Report["verifier"] = verifier.ToString();
        terminal.Report["registry"] = registry.ToString();
        terminal.Line($"{path}: contracts on chain {chain.ChainId}");
        return ExitCode.Accepted;
    }

    private string PathOf(ParseResult arguments) => arguments.GetValue(_out) ?? new ModelFolder(arguments.GetRequiredValue(_folder)!).Chain;

    private static async Task<Address> FindOrDeployAsync(
        ChainSession chain, string contract, Address? given, Address? known, string path, Terminal terminal)
    {
        if ((given ?? known) is { } address)
        {
            if (await DeployedCode.IsAtAsync(chain.Node, contract, address, given is null ? path : "command line"))
            {
                terminal.Line($"{contract,-28} {address} is there already");
                return address;
            }

            if (given is not null)
            {
                throw new MisuseException($"there is no contract at {address} on chain {chain.ChainId}");
            }

            terminal.Note($"{path}: there is no contract at {address} any more; it is deployed again");
        }

        Address deployed = await chain.DeployAsync(contract, ContractCode.Of(contract));
        terminal.Line($"{contract,-28} {deployed}");
        return deployed;
    }
}
