using VerifiableML.Algebra;
using VerifiableML.Protocol.Groth16;
using VerifiableML.Protocol.Serialization;

namespace VerifiableML.Protocol.Tests.Groth16;

/// <summary>A key, a proof and its public signals, all three made by snarkjs (<c>Fixtures/make-proof.sh</c>).</summary>
internal static class SnarkjsFixture
{
    public static byte[] KeyBytes { get; } = Bytes("verification_key.json");

    public static byte[] ProofBytes { get; } = Bytes("proof.json");

    public static byte[] SignalBytes { get; } = Bytes("public.json");

    public static Groth16VerificationKey Key { get; } =
        VerificationKeyJson.TryDecode(KeyBytes, "key", out Groth16VerificationKey? key, out FileError? error) ? key : throw error.ToException();

    public static Groth16Proof Proof { get; } =
        ProofJson.TryDecode(ProofBytes, "proof", out Groth16Proof? proof, out FileError? error) ? proof : throw error.ToException();

    public static Fr[] Signals { get; } =
        PublicSignalsJson.TryDecode(SignalBytes, "public", out Fr[]? signals, out FileError? error) ? signals : throw error.ToException();

    private static byte[] Bytes(string name) => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Groth16", "Fixtures", name));
}
