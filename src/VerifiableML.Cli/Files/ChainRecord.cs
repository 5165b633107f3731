using System.Numerics;
using VerifiableML.Chain;
using VerifiableML.Protocol.Serialization;

namespace VerifiableML.Cli.Files;

/// <summary>A model as it stands in a registry.</summary>
/// <param name="Id">Hash of owner, name and version.</param>
/// <param name="Owner">Who registered it.</param>
/// <param name="Name">Under which name.</param>
/// <param name="Version">Counted from one.</param>
/// <param name="Commitment">The model's identity.</param>
/// <param name="Key">Account whose code is the key.</param>
/// <param name="IsInsecure">Whether anyone can forge proofs under it.</param>
internal sealed record RegisteredEntry(Bytes32 Id, Address Owner, string Name, BigInteger Version, Bytes32 Commitment, Address Key, bool IsInsecure);

/// <summary>Contracts of the lending example.</summary>
/// <param name="Guard">Lends while the model says that the risk is small.</param>
/// <param name="Feed">Where the guard reads features and price.</param>
/// <param name="Asset">What it lends.</param>
internal sealed record LendingEntry(Address Guard, Address Feed, Address Asset);

/// <summary>A transaction that was sent.</summary>
/// <param name="What">What it did, in words.</param>
/// <param name="Hash">By which a chain finds it.</param>
/// <param name="Gas">Gas that it took, calldata included.</param>
internal sealed record SentTransaction(string What, Bytes32 Hash, ulong Gas);

/// <summary>The file <c>chain.json</c>: where on which chain the contracts and the model are. Nothing in it is secret.</summary>
/// <param name="Format"><c>vml-chain</c>.</param>
/// <param name="Version">1.</param>
/// <param name="ChainId">The chain.</param>
/// <param name="Verifier">The verifier of all models.</param>
/// <param name="Registry">The registry of models.</param>
/// <param name="Model">The model, once it is registered.</param>
/// <param name="Inbox">The model's inbox, if it has one.</param>
/// <param name="Lending">Contracts of the lending example, if they are there.</param>
/// <param name="Transactions">What was sent, in order.</param>
internal sealed record ChainRecord(
    string Format, int Version, ulong ChainId, Address Verifier, Address Registry, RegisteredEntry? Model, Address? Inbox, LendingEntry? Lending,
    IReadOnlyList<SentTransaction> Transactions)
{
    private const string Name = "vml-chain";
    private const int Supported = 1;

    /// <summary>A record of contracts alone.</summary>
    public static ChainRecord Of(ulong chainId, Address verifier, Address registry) => new(Name, Supported, chainId, verifier, registry, null, null, null, []);

    /// <summary>Reads a record.</summary>
    /// <exception cref="InvalidFileException">The file is not one.</exception>
    public static ChainRecord Read(string path)
    {
        ChainRecord record = JsonFile.Read<ChainRecord>(path);
        return record is { Format: Name, Version: Supported }
            ? record : throw new FileError(path, "format", $"not a file of format {Name}, version {Supported}").ToException();
    }
}
