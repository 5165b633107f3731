using VerifiableML.Circuits.Keys;
using VerifiableML.Circuits.Verification;
using VerifiableML.Circuits.Wrapping;
using VerifiableML.Protocol.Proofs;
using VerifiableML.Protocol.Serialization;

namespace VerifiableML.Cli.Commands;

/// <summary>Reads proofs and the keys that check them, turning whatever is wrong into an error that names the file.</summary>
internal static class ProofFiles
{
    private const int LongestProof = 1 << 24;

    /// <summary>Reads a verification key.</summary>
    /// <exception cref="InvalidFileException">It is not one.</exception>
    public static VerificationKey ReadKey(string path) =>
        VerificationKeyFormat.TryRead(path, out VerificationKey? key, out FileError? error) ? key : throw error.ToException();

    /// <summary>Reads the bytes of a proof of either kind.</summary>
    /// <exception cref="InvalidFileException">There are none, or far too many.</exception>
    public static byte[] ReadBytes(string path) =>
        BoundedFile.TryRead(path, LongestProof, out byte[]? bytes, out FileError? error) ? bytes : throw error.ToException();

    /// <summary>Whether the bytes say that they are a wrapped proof. Anything else is left to the reader of core proofs to judge.</summary>
    public static bool IsWrapped(ReadOnlySpan<byte> proof) => proof.StartsWith("VML"u8) && proof.Length > 3 && proof[3] == (byte)ContainerKind.WrappedProof;

    /// <summary>Reads a core proof of the key's circuit.</summary>
    /// <exception cref="InvalidFileException">It is not one.</exception>
    public static CoreProof ReadCoreProof(string path, VerificationKey key)
    {
        int messages = MessageInventory.Of(key.Circuit).Labels.Count;
        return CoreProofFormat.TryDecode(
            "proof", ReadBytes(path), key.Circuit.Layout.WitnessRows, messages, out CoreProof? proof, out Rejection? rejection)
            ? proof : throw Error(path, rejection);
    }

    /// <summary>Reads a wrapped proof of the key's circuit.</summary>
    /// <exception cref="InvalidFileException">It is not one.</exception>
    public static WrappedProof ReadWrappedProof(string path, VerificationKey key) =>
        WrappedProofFormat.TryDecode("proof", ReadBytes(path), key.Circuit, out WrappedProof? proof, out Rejection? rejection)
            ? proof : throw Error(path, rejection);

    /// <summary>What a rejection says of a file that is no proof at all.</summary>
    public static InvalidFileException Error(string path, Rejection rejection)
    {
        const string Prefix = "proof: ";
        string cause = rejection.Detail.StartsWith(Prefix, StringComparison.Ordinal) ? rejection.Detail[Prefix.Length..] : rejection.Detail;
        return new FileError(path, "decoding", cause).ToException();
    }
}
