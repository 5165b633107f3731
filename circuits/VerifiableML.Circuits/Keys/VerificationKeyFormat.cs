using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using VerifiableML.Algebra;
using VerifiableML.Circuits.Compilation;
using VerifiableML.Protocol.Serialization;
using VerifiableML.Protocol.Setup;

namespace VerifiableML.Circuits.Keys;

/// <summary>
/// The bytes of a verification key: the circuit's canonical encoding, the weight commitments (compressed points), the setup (32 bytes of
/// identity, [τ]G2 compressed, one byte that is 1 for an insecure setup), and what names and scales the values have.
/// </summary>
public static class VerificationKeyFormat
{
    private const int SetupLength = 32 + G2.CompressedByteLength + 1;

    private static readonly ContainerSchema Schema = new(ContainerKind.VerificationKey, 1,
    [
        new SectionSchema("CIRC", "the circuit", 1, 1 << 24),
        new SectionSchema("ROWS", "commitments to the weights", G1.CompressedByteLength, G1.CompressedByteLength << 10),
        new SectionSchema("SETP", "the setup", SetupLength, SetupLength),
        new SectionSchema("META", "names and scales", 1, 1 << 16),
    ]);

    /// <summary>The bytes of <paramref name="key"/>.</summary>
    public static byte[] Encode(VerificationKey key)
    {
        var rows = new byte[key.WeightRows.Length * G1.CompressedByteLength];
        for (int i = 0; i < key.WeightRows.Length; i++)
        {
            key.WeightRows[i].EncodeCompressed(rows.AsSpan(i * G1.CompressedByteLength, G1.CompressedByteLength));
        }

        var setup = new byte[SetupLength];
        key.Setup.Id.AsSpan().CopyTo(setup);
        key.Setup.Tau.EncodeCompressed(setup.AsSpan(32, G2.CompressedByteLength));
        setup[^1] = key.Setup.IsInsecure ? (byte)1 : (byte)0;
        return Container.Encode(
            Schema, CircuitEncoding.Encode(key.Circuit.Architecture, key.Circuit.Options), rows, setup, EncodeMetadata(key));
    }

    /// <summary>Reads a verification key.</summary>
    /// <param name="name">Name of the source, for the message.</param>
    /// <param name="bytes">The whole key, from anywhere.</param>
    /// <param name="key">The key.</param>
    /// <param name="error">Why it was refused.</param>
    public static bool TryDecode(
        string name, ReadOnlyMemory<byte> bytes, [NotNullWhen(true)] out VerificationKey? key, [NotNullWhen(false)] out FileError? error)
    {
        key = null;
        if (!Container.TryDecode(name, bytes, Schema, out Container? container, out error))
        {
            return false;
        }

        if (!CircuitEncoding.TryDecode(container[0].Span, out Circuit? circuit, out string problem))
        {
            error = new FileError(name, "the circuit", problem);
            return false;
        }

        if (!TryDecodeRows(container[1].Span, 1 << circuit.Layout.WeightRowBits, out ImmutableArray<G1> rows))
        {
            error = new FileError(name, "commitments to the weights", "they are not as many canonical points as the circuit has rows");
            return false;
        }

        ReadOnlySpan<byte> setup = container[2].Span;
        if (!G2.TryDecodeCompressed(setup.Slice(32, G2.CompressedByteLength), out G2 tau) || tau.IsInfinity || setup[^1] > 1)
        {
            error = new FileError(name, "the setup", "[τ]G2 is not a point of the group, or the flag is neither 0 nor 1");
            return false;
        }

        var reference = new SetupReference([.. setup[..32]], tau, setup[^1] == 1);
        if (!setup[..32].SequenceEqual(StructuredReferenceString.Identity(tau, reference.IsInsecure)))
        {
            error = new FileError(name, "the setup", "its identity is not that of [τ]G2 and the flag");
            return false;
        }

        if (!ModelMetadata.TryDecode(container[3], out ModelMetadata? metadata))
        {
            error = new FileError(name, "names and scales", "they are malformed");
            return false;
        }

        key = new VerificationKey(circuit, rows, reference, metadata.Name, metadata.Input, metadata.Output, metadata.PostProcessing);
        error = null;
        return true;
    }

    /// <summary>Reads the key in a file.</summary>
    public static bool TryRead(string path, [NotNullWhen(true)] out VerificationKey? key, [NotNullWhen(false)] out FileError? error)
    {
        key = null;
        return BoundedFile.TryRead(path, 1 << 25, out byte[]? bytes, out error) && TryDecode(path, bytes, out key, out error);
    }

    /// <summary>Writes the key to a file, atomically.</summary>
    public static void Write(string path, VerificationKey key) => AtomicFile.Write(path, Encode(key));

    private static bool TryDecodeRows(ReadOnlySpan<byte> bytes, int count, out ImmutableArray<G1> rows)
    {
        rows = [];
        if (bytes.Length != count * G1.CompressedByteLength)
        {
            return false;
        }

        var points = new G1[count];
        for (int i = 0; i < count; i++)
        {
            if (!G1.TryDecodeCompressed(bytes.Slice(i * G1.CompressedByteLength, G1.CompressedByteLength), out points[i]))
            {
                return false;
            }
        }

        rows = [.. points];
        return true;
    }

    /// <summary>The bytes of a key's <see cref="ModelMetadata"/>.</summary>
    public static byte[] EncodeMetadata(VerificationKey key) => ModelMetadata.Of(key).Encode();
}
