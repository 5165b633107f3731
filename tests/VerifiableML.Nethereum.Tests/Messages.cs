using System.Numerics;
using Nethereum.ABI.FunctionEncoding.Attributes;
using Nethereum.Contracts;

namespace VerifiableML.Nethereum.Tests;

/// <summary><c>InferenceVerifier.verify</c> as Nethereum's own encoder writes it: the oracle for ours.</summary>
[Function("verify")]
public sealed class VerifyFunction : FunctionMessage
{
    [Parameter("address", "key", 1)]
    public string Key { get; set; } = string.Empty;

    [Parameter("address", "requester", 2)]
    public string Requester { get; set; } = string.Empty;

    [Parameter("uint256", "nonce", 3)]
    public BigInteger Number { get; set; }

    [Parameter("bytes", "input", 4)]
    public byte[] Input { get; set; } = [];

    [Parameter("bytes", "output", 5)]
    public byte[] Output { get; set; } = [];

    [Parameter("bytes", "proof", 6)]
    public byte[] Proof { get; set; } = [];
}

/// <summary><c>ModelRegistry.register</c>, likewise.</summary>
[Function("register")]
public sealed class RegisterFunction : FunctionMessage
{
    [Parameter("string", "name", 1)]
    public string Name { get; set; } = string.Empty;

    [Parameter("bytes", "key", 2)]
    public byte[] Key { get; set; } = [];

    [Parameter("bytes", "metadata", 3)]
    public byte[] Metadata { get; set; } = [];
}
