using Org.BouncyCastle.Crypto.Digests;

namespace VerifiableML.Algebra;

/// <summary>Keccak-256 as Ethereum uses it: the padding of the Keccak submission, not that of FIPS 202.</summary>
public static class Keccak256
{
    /// <summary>Bytes of a digest.</summary>
    public const int ByteLength = 32;

    /// <summary>The digest of a message.</summary>
    public static byte[] Hash(ReadOnlySpan<byte> message)
    {
        var digest = new KeccakDigest(ByteLength * 8);
        byte[] input = message.ToArray();
        digest.BlockUpdate(input, 0, input.Length);
        byte[] output = new byte[ByteLength];
        digest.DoFinal(output, 0);
        return output;
    }
}
