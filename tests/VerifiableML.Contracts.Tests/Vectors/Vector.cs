using System.Text.Json;
using VerifiableML.Chain.Encoding;
using VerifiableML.Circuits.Keys;
using VerifiableML.Circuits.Wrapping;

namespace VerifiableML.Contracts.Tests.Vectors;

/// <summary>A model, a request and a proof, as forge's tests read them.</summary>
internal sealed record Vector(string Name, RegisteredModel Model, RequestContext Request, PublicStatement Statement, WrappedProof Proof)
{
    /// <summary>The chain that anvil and forge simulate.</summary>
    public const ulong LocalChain = 31337;

    /// <summary>Account 0 of anvil, which has its key published; it calls the verifier where gas is measured.</summary>
    private static readonly byte[] Consumer = Convert.FromHexString("f39Fd6e51aad88F6F4ce6aB8827279cffFb92266");

    private static readonly byte[] Requester = Convert.FromHexString("70997970C51812dc3A010C7d01b50e0d17dc79C8");

    public byte[] Calldata => ProofCalldata.Encode(Proof);

    /// <summary>Proves an input of its own making where none is given.</summary>
    public static Vector Of(string name, RegisteredModel model, ulong nonce = 7, int[]? input = null)
    {
        return Of(model, new RequestContext(LocalChain, Consumer, Requester, nonce), input) with { Name = name };
    }

    /// <summary>A proof for any request; not for a file.</summary>
    public static Vector Of(RegisteredModel model, RequestContext request, int[]? input)
    {
        (PublicStatement statement, WrappedProof proof) = model.Prove(request.Hash(), input);
        return new Vector(string.Empty, model, request, statement, proof);
    }

    public string ToJson() => JsonSerializer.Serialize(new Dictionary<string, object>
    {
        ["key"] = Hex(Model.KeyBlob),
        ["metadata"] = Hex(KeyBlob.Metadata(Model.Verification)),
        ["chainId"] = Request.ChainId,
        ["consumer"] = Hex(Request.Consumer.Span),
        ["requester"] = Hex(Request.Requester.Span),
        ["nonce"] = Request.Nonce,
        ["input"] = Hex(PublicData.Input(Model.Circuit, Statement)),
        ["output"] = Hex(PublicData.Output(Model.Circuit, Statement)),
        ["proof"] = Hex(Calldata),
    });

    private static string Hex(ReadOnlySpan<byte> bytes) => "0x" + Convert.ToHexStringLower(bytes);
}
