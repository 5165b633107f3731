using System.CommandLine;
using System.CommandLine.Parsing;
using System.Numerics;
using VerifiableML.Chain;
using VerifiableML.Cli.Development;

namespace VerifiableML.Cli.Commands.OnChain;

/// <summary>Which chain, and who signs.</summary>
internal sealed class ChainOptions
{
    private readonly Option<string?> _rpc = new("--rpc")
    {
        Description = "A node's address, http or https; the local chain of 'vml chain up', if not given.",
        HelpName = "url",
    };

    private readonly Option<string> _local = CreateLocal();

    private readonly Option<string?> _keyFile = new("--key-file")
    {
        Description = $"A file with the key that signs, in hexadecimal digits, which nobody else may read. Else, on the local chain, that chain's own key; "
            + $"elsewhere that in the variable {SigningKeys.Variable}.",
        HelpName = "file",
    };

    private readonly Option<int?> _confirmations = new("--confirmations")
    {
        Description = "Blocks that must stand on a transaction, its own counted; 3, and 1 on the local chain, if not given.",
        HelpName = "n",
    };

    private readonly Option<decimal?> _maximumFee = new("--max-fee")
    {
        Description = "Most gwei for each gas, above which nothing is signed; 500, if not given.",
        HelpName = "gwei",
    };

    /// <summary>Makes the option that names the local chain's folder.</summary>
    public static Option<string> CreateLocal() => new("--local")
    {
        Description = "Folder of the local chain that 'vml chain up' started.",
        HelpName = "folder",
        DefaultValueFactory = _ => DevelopmentChain.DefaultFolder,
    };

    /// <summary>Makes an option that takes an address.</summary>
    public static Option<Address?> CreateAddress(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "address",
        CustomParser = result => Parse(result, name),
    };

    /// <summary>Adds the options to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="signs">Whether it sends transactions.</param>
    public void AddTo(Command command, bool signs)
    {
        command.Add(_rpc);
        command.Add(_local);
        if (!signs)
        {
            return;
        }

        command.Add(_keyFile);
        command.Add(_confirmations);
        command.Add(_maximumFee);
        command.Validators.Add(result =>
        {
            if (result.GetValue(_confirmations) is < 1 or > 1000)
            {
                result.AddError("--confirmations takes a number between 1 and 1000");
            }

            if (result.GetValue(_maximumFee) is <= 0 or > 1_000_000)
            {
                result.AddError("--max-fee takes a number of gwei above 0, at most 1000000");
            }
        });
    }

    /// <summary>The node's address, or null for the local chain.</summary>
    public string? Rpc(ParseResult arguments) => arguments.GetValue(_rpc);

    /// <summary>The local chain's folder.</summary>
    public string Local(ParseResult arguments) => arguments.GetRequiredValue(_local);

    /// <summary>The key's file, if one is given.</summary>
    public string? KeyFile(ParseResult arguments) => arguments.GetResult(_keyFile) is null ? null : arguments.GetValue(_keyFile);

    /// <summary>Blocks to wait for, if given.</summary>
    public int? Confirmations(ParseResult arguments) => arguments.GetValue(_confirmations);

    /// <summary>Most wei for each gas.</summary>
    public BigInteger MaximumFee(ParseResult arguments) => new((arguments.GetValue(_maximumFee) ?? 500) * 1_000_000_000);

    private static Address? Parse(ArgumentResult result, string name)
    {
        if (Address.TryParse(result.Tokens[0].Value, out Address address))
        {
            return address;
        }

        result.AddError($"{name} takes an address: 0x and 40 hexadecimal digits, whose upper case is a checksum");
        return null;
    }
}
