using System.Diagnostics.CodeAnalysis;
using VerifiableML.Protocol.Serialization;
using VerifiableML.Protocol.Serialization.Sections;

namespace VerifiableML.Prover.Groth16.Zkey;

/// <summary>How thoroughly the points of a proving key are checked when it is read.</summary>
public enum ZkeyCheck
{
    /// <summary>
    /// All points lie on their curves. Enough to make proofs, provided that each is verified before it is given away: that shows its points to be in
    /// their groups, and with them that nothing of the witness went where a bad key wanted it to go.
    /// </summary>
    Curve,

    /// <summary>The points of G2 lie in the group of order r as well. Needed where the key is passed on. Takes a few µs a wire.</summary>
    Group,
}

/// <summary>
/// Groth16 proving keys as <c>.zkey</c> files, in the format of snarkjs. That a key belongs to a circuit, and that its contributions are sound, is not
/// for the reader to say but for <see cref="Ceremony.CeremonyVerifier"/>.
/// </summary>
public static class ZkeyFile
{
    /// <summary>Writes <paramref name="key"/> to a file, atomically.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, Groth16ProvingKey key) =>
        SectionWriter.Write(path, SectionFormat.ProvingKey, ZkeyLayout.SectionCount, writer => ZkeyWriter.Write(writer, key));

    /// <summary>Reads a proving key.</summary>
    /// <param name="path">The file.</param>
    /// <param name="check">How thoroughly to check its points.</param>
    /// <param name="key">The key.</param>
    /// <param name="error">Why it was refused.</param>
    public static bool TryRead(
        string path, ZkeyCheck check, [NotNullWhen(true)] out Groth16ProvingKey? key, [NotNullWhen(false)] out FileError? error) =>
        SectionFile.TryRead(path, SectionFormat.ProvingKey, file => ZkeyReader.Read(file, check), out key, out error);
}
