using VerifiableML.Chain;
using VerifiableML.Chain.Encoding;
using VerifiableML.Protocol.Serialization;

namespace VerifiableML.Cli.Files;

/// <summary>The file <c>request.json</c>: the request that a proof is made for. Whoever proves needs nothing else of a chain.</summary>
/// <param name="Format"><c>vml-request</c>.</param>
/// <param name="Version">1.</param>
/// <param name="ChainId">The chain.</param>
/// <param name="Consumer">The contract that calls the verifier.</param>
/// <param name="Requester">Who acts through it.</param>
/// <param name="Nonce">The consumer's number of the request.</param>
/// <param name="Context">What the proof is bound to: a hash of the four.</param>
internal sealed record ChainRequest(string Format, int Version, ulong ChainId, Address Consumer, Address Requester, ulong Nonce, Bytes32 Context)
{
    private const string Name = "vml-request";
    private const int Supported = 1;

    /// <summary>A request.</summary>
    public static ChainRequest Of(ulong chainId, Address consumer, Address requester, ulong nonce) =>
        new(Name, Supported, chainId, consumer, requester, nonce, Hash(chainId, consumer, requester, nonce));

    /// <summary>Reads a request.</summary>
    /// <exception cref="InvalidFileException">The file is not one, or its context is not that of its other values.</exception>
    public static ChainRequest Read(string path)
    {
        ChainRequest request = JsonFile.Read<ChainRequest>(path);
        if (request is not { Format: Name, Version: Supported })
        {
            throw new FileError(path, "format", $"not a file of format {Name}, version {Supported}").ToException();
        }

        return request.Context == Hash(request.ChainId, request.Consumer, request.Requester, request.Nonce)
            ? request : throw new FileError(path, "context", "is not the hash of chain, consumer, requester and nonce").ToException();
    }

    private static Bytes32 Hash(ulong chainId, Address consumer, Address requester, ulong nonce) =>
        new(new RequestContext(chainId, consumer.ToArray(), requester.ToArray(), nonce).Hash());
}
