using System.Diagnostics.CodeAnalysis;
using Org.BouncyCastle.Crypto.Digests;
using VerifiableML.Protocol.Serialization;

namespace VerifiableML.Protocol.Setup.Ptau;

/// <summary>
/// The digest under which ceremonies publish their files: BLAKE2b-512 of the whole file, what <c>b2sum</c> prints. It says that a download is
/// the file that somebody meant; that its points are sound is checked by <see cref="PtauReader"/> in any case.
/// </summary>
public static class PtauDigest
{
    private const int DigestBits = 512;
    private const int ChunkLength = 1 << 20;

    /// <summary>Computes the digest of a file of any length, in pieces.</summary>
    /// <param name="path">The file.</param>
    /// <param name="digest">The digest in lower-case hexadecimal digits.</param>
    /// <param name="error">Why it could not be read.</param>
    public static bool TryCompute(string path, [NotNullWhen(true)] out string? digest, [NotNullWhen(false)] out FileError? error)
    {
        digest = null;
        error = null;
        try
        {
            using FileStream stream = BoundedFile.OpenRead(path);
            var blake = new Blake2bDigest(DigestBits);
            var chunk = new byte[ChunkLength];
            for (int read = stream.Read(chunk); read > 0; read = stream.Read(chunk))
            {
                blake.BlockUpdate(chunk, 0, read);
            }

            var result = new byte[DigestBits / 8];
            blake.DoFinal(result, 0);
            digest = Convert.ToHexStringLower(result);
            return true;
        }
        catch (Exception exception) when (BoundedFile.IsFileTrouble(exception))
        {
            error = new FileError(path, "reading", BoundedFile.Describe(exception));
            return false;
        }
    }
}
