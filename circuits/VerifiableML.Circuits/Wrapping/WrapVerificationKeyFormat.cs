using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using VerifiableML.Algebra;
using VerifiableML.Protocol.Groth16;
using VerifiableML.Protocol.Serialization;
using VerifiableML.Protocol.Setup;

namespace VerifiableML.Circuits.Wrapping;

/// <summary>The bytes of a <see cref="WrapVerificationKey"/>: the circuit's digest, compressed points, and what is known of the setup.</summary>
public static class WrapVerificationKeyFormat
{
    private const int Inputs = WrapSignals<Fr>.PublicCount + 1;
    private const int PointsLength = ((1 + Inputs) * G1.CompressedByteLength) + (3 * G2.CompressedByteLength);
    private const int MostContributions = 1 << 20;

    private static readonly ContainerSchema Schema = new(ContainerKind.WrapVerificationKey, 1,
    [
        new SectionSchema("CRCT", "the circuit's digest", 32, 32),
        new SectionSchema("GR16", "the Groth16 key", PointsLength, PointsLength),
        new SectionSchema("ORIG", "the setup's trust and number of contributions", 5, 5),
    ]);

    /// <summary>The bytes of <paramref name="key"/>.</summary>
    /// <exception cref="ArgumentException">The key has another number of signals than wrap circuits have.</exception>
    public static byte[] Encode(WrapVerificationKey key)
    {
        Groth16VerificationKey groth16 = key.Groth16;
        if (groth16.Inputs.Length != Inputs)
        {
            throw new ArgumentException($"a key of {groth16.PublicCount} signals is not that of a wrap circuit", nameof(key));
        }

        var points = new byte[PointsLength];
        Span<byte> rest = points;
        foreach (G1 point in (ReadOnlySpan<G1>)[groth16.Alpha, .. groth16.Inputs])
        {
            point.EncodeCompressed(rest[..G1.CompressedByteLength]);
            rest = rest[G1.CompressedByteLength..];
        }

        foreach (G2 point in (ReadOnlySpan<G2>)[groth16.Beta, groth16.Gamma, groth16.Delta])
        {
            point.EncodeCompressed(rest[..G2.CompressedByteLength]);
            rest = rest[G2.CompressedByteLength..];
        }

        var origin = new byte[5];
        origin[0] = (byte)key.Trust;
        BinaryPrimitives.WriteInt32LittleEndian(origin.AsSpan(1), key.Contributions);
        return Container.Encode(Schema, key.CircuitDigest.ToArray(), points, origin);
    }

    /// <summary>Reads a key.</summary>
    /// <param name="name">Name of the source, for the message.</param>
    /// <param name="bytes">The whole key, from anywhere.</param>
    /// <param name="key">The key. Its points are in their groups; <see cref="Groth16VerificationKey.FindFault"/> says whether it can be used.</param>
    /// <param name="error">Why it was refused.</param>
    public static bool TryDecode(
        string name, ReadOnlyMemory<byte> bytes, [NotNullWhen(true)] out WrapVerificationKey? key, [NotNullWhen(false)] out FileError? error)
    {
        key = null;
        if (!Container.TryDecode(name, bytes, Schema, out Container? container, out error))
        {
            return false;
        }

        if (!TryDecode(container[1].Span, out Groth16VerificationKey? groth16))
        {
            error = new FileError(name, "the Groth16 key", "a point is not a canonical point of its group");
            return false;
        }

        ReadOnlySpan<byte> origin = container[2].Span;
        int contributions = BinaryPrimitives.ReadInt32LittleEndian(origin[1..]);
        if (!Enum.IsDefined((SetupTrust)origin[0]) || contributions is < 0 or > MostContributions)
        {
            error = new FileError(name, "the setup", "its trust or its number of contributions is out of range");
            return false;
        }

        key = new WrapVerificationKey([.. container[0].Span], groth16, (SetupTrust)origin[0], contributions);
        return true;
    }

    /// <summary>Reads the key in a file.</summary>
    public static bool TryRead(string path, [NotNullWhen(true)] out WrapVerificationKey? key, [NotNullWhen(false)] out FileError? error)
    {
        key = null;
        return BoundedFile.TryRead(path, 1 << 12, out byte[]? bytes, out error) && TryDecode(path, bytes, out key, out error);
    }

    /// <summary>Writes the key to a file, atomically.</summary>
    public static void Write(string path, WrapVerificationKey key) => AtomicFile.Write(path, Encode(key));

    private static bool TryDecode(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out Groth16VerificationKey? key)
    {
        key = null;
        var g1 = new G1[1 + Inputs];
        for (int i = 0; i < g1.Length; i++)
        {
            if (!G1.TryDecodeCompressed(bytes[..G1.CompressedByteLength], out g1[i]))
            {
                return false;
            }

            bytes = bytes[G1.CompressedByteLength..];
        }

        var g2 = new G2[3];
        for (int i = 0; i < g2.Length; i++)
        {
            if (!G2.TryDecodeCompressed(bytes[..G2.CompressedByteLength], out g2[i]))
            {
                return false;
            }

            bytes = bytes[G2.CompressedByteLength..];
        }

        key = new Groth16VerificationKey(g1[0], g2[0], g2[1], g2[2], ImmutableArray.Create(g1, 1, Inputs));
        return true;
    }
}
