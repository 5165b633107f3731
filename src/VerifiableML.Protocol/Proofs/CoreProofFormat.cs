using System.Diagnostics.CodeAnalysis;
using VerifiableML.Algebra;
using VerifiableML.Protocol.Commitments;
using VerifiableML.Protocol.Serialization;

namespace VerifiableML.Protocol.Proofs;

/// <summary>
/// The bytes of a core proof: compressed points (32 bytes) and canonical scalars (32 bytes, big-endian). How many there are is fixed by the
/// circuit; any other length, and any value that is not canonical, is refused. One proof, one byte string.
/// </summary>
public static class CoreProofFormat
{
    private const int PointLength = 32;

    private static readonly ContainerSchema Schema = new(ContainerKind.Proof, 2,
    [
        // A circuit has at most 1024 rows, and one more for each of two columns that are published by their commitment.
        new SectionSchema("ROWS", "commitments to the witness's rows", PointLength, (PointLength << 10) + (2 * PointLength)),
        new SectionSchema("MSGS", "the prover's scalars", Fr.ByteLength, Fr.ByteLength << 16),
        new SectionSchema("OPEN", "the opening", (3 * PointLength) + (4 * Fr.ByteLength), (3 * PointLength) + (4 * Fr.ByteLength)),
    ]);

    /// <summary>The bytes of <paramref name="proof"/>.</summary>
    public static byte[] Encode(CoreProof proof)
    {
        var rows = new byte[proof.Rows.Length * PointLength];
        for (int i = 0; i < proof.Rows.Length; i++)
        {
            proof.Rows[i].EncodeCompressed(rows.AsSpan(i * PointLength, PointLength));
        }

        var messages = new byte[proof.Messages.Length * Fr.ByteLength];
        for (int i = 0; i < proof.Messages.Length; i++)
        {
            proof.Messages[i].Encode(messages.AsSpan(i * Fr.ByteLength, Fr.ByteLength));
        }

        var opening = new byte[7 * PointLength];
        proof.Opening.Cross.EncodeCompressed(opening.AsSpan(0, PointLength));
        proof.Opening.Quotient.EncodeCompressed(opening.AsSpan(PointLength, PointLength));
        proof.Opening.Evaluation.EncodeCompressed(opening.AsSpan(2 * PointLength, PointLength));
        OpenedValues<Fr> values = proof.Opening.Values;
        values.RowConstant.Encode(opening.AsSpan(3 * PointLength, PointLength));
        values.RowSlope.Encode(opening.AsSpan(4 * PointLength, PointLength));
        values.CrossConstant.Encode(opening.AsSpan(5 * PointLength, PointLength));
        values.CrossSlope.Encode(opening.AsSpan(6 * PointLength, PointLength));
        return Container.Encode(Schema, rows, messages, opening);
    }

    /// <summary>Reads a proof that must have <paramref name="rows"/> rows and <paramref name="messages"/> scalars.</summary>
    /// <param name="name">Name of the source, for the message.</param>
    /// <param name="bytes">The whole proof, from anywhere.</param>
    /// <param name="rows">Number of rows that the circuit has.</param>
    /// <param name="messages">Number of scalars that the circuit's protocol has.</param>
    /// <param name="proof">The proof.</param>
    /// <param name="rejection">Why it was refused.</param>
    public static bool TryDecode(
        string name, ReadOnlyMemory<byte> bytes, int rows, int messages,
        [NotNullWhen(true)] out CoreProof? proof, [NotNullWhen(false)] out Rejection? rejection)
    {
        proof = null;
        if (!Container.TryDecode(name, bytes, Schema, out Container? container, out FileError? error))
        {
            rejection = new Rejection(RejectionReason.Malformed, error.ToString());
            return false;
        }

        if (container[0].Length != rows * PointLength || container[1].Length != messages * Fr.ByteLength)
        {
            rejection = new Rejection(
                RejectionReason.Malformed,
                $"{container[0].Length / PointLength} rows and {container[1].Length / Fr.ByteLength} scalars; this circuit's proofs have {rows} and {messages}");
            return false;
        }

        var points = new G1[rows + 3];
        var scalars = new Fr[messages + 4];
        for (int i = 0; i < points.Length; i++)
        {
            ReadOnlySpan<byte> source = i < rows ? container[0].Span[(i * PointLength)..] : container[2].Span[((i - rows) * PointLength)..];
            if (!G1.TryDecodeCompressed(source[..PointLength], out points[i]))
            {
                rejection = new Rejection(RejectionReason.Malformed, $"point {i} of the proof is not a canonical point of the curve");
                return false;
            }
        }

        for (int i = 0; i < scalars.Length; i++)
        {
            ReadOnlySpan<byte> source = i < messages
                ? container[1].Span[(i * Fr.ByteLength)..]
                : container[2].Span[((3 + i - messages) * Fr.ByteLength)..];
            if (!Fr.TryDecode(source[..Fr.ByteLength], out scalars[i]))
            {
                rejection = new Rejection(RejectionReason.Malformed, $"scalar {i} of the proof is not below the field's modulus");
                return false;
            }
        }

        var opening = new OpeningProof(
            points[rows], new OpenedValues<Fr>(scalars[messages], scalars[messages + 1], scalars[messages + 2], scalars[messages + 3]),
            points[rows + 1], points[rows + 2]);
        proof = new CoreProof(points[..rows], scalars[..messages], opening);
        rejection = null;
        return true;
    }
}
