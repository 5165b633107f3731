using System.Collections.Immutable;
using VerifiableML.Protocol.Groth16;
using VerifiableML.Protocol.Setup;

namespace VerifiableML.Circuits.Wrapping;

/// <summary>
/// What a verifier of wrapped proofs needs beside a model's verification key: the Groth16 key of the circuit's wrap. It serves every model of the
/// circuit, whatever its weights.
/// </summary>
/// <param name="CircuitDigest">Digest of the circuit of the core proofs; 32 bytes.</param>
/// <param name="Groth16">The key.</param>
/// <param name="Trust">How far the first phase of its setup can be trusted, as its generator knew it.</param>
/// <param name="Contributions">Number of contributions to its second phase.</param>
public sealed record WrapVerificationKey(
    ImmutableArray<byte> CircuitDigest, Groth16VerificationKey Groth16, SetupTrust Trust, int Contributions)
{
    /// <summary>
    /// Whether proofs can be forged by anyone: the first phase is the published one, whatever the key says of itself, or nobody contributed to the
    /// second.
    /// </summary>
    public bool IsInsecure => Trust == SetupTrust.Insecure || Contributions == 0 || InsecureSetup.IsAlpha(Groth16.Alpha);
}
