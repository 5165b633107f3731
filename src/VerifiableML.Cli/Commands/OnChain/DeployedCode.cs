using VerifiableML.Chain;
using VerifiableML.Chain.Contracts;
using VerifiableML.Chain.Rpc;
using VerifiableML.Cli.CommandLine;

namespace VerifiableML.Cli.Commands.OnChain;

/// <summary>What is at an address, held against what a contract's creation code leaves there.</summary>
internal static class DeployedCode
{
    /// <summary>Whether the contract, of which deployment leaves the same code everywhere, is at an address; false where there is no code.</summary>
    /// <exception cref="MisuseException">Something else is there.</exception>
    public static async Task<bool> IsAtAsync(EthereumNode node, string contract, Address address, string place)
    {
        byte[] found = await node.CodeAsync(address);
        if (found.Length == 0)
        {
            return false;
        }

        // A node runs creation code for nothing, and returns what would be deployed.
        byte[] expected = await node.CallAsync(new CallRequest(default, null, ContractCode.Of(contract)));
        return found.AsSpan().SequenceEqual(expected)
            ? true : throw new MisuseException($"{place}: the contract at {address} is not the {contract} that this program knows");
    }

    /// <summary>Refuses to go on where the contracts of a record are not there any more.</summary>
    /// <exception cref="MisuseException">They are not.</exception>
    public static async Task RequireAsync(EthereumNode node, Files.ChainRecord record, string path)
    {
        foreach ((string contract, Address address) in new[] { (ContractCode.InferenceVerifier, record.Verifier), (ContractCode.ModelRegistry, record.Registry) })
        {
            if (!await IsAtAsync(node, contract, address, path))
            {
                throw new MisuseException($"{path}: there is no {contract} at {address} on this chain; was a local chain started anew? 'vml chain deploy' deploys it");
            }
        }
    }
}
