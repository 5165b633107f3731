using System.Diagnostics.CodeAnalysis;
using VerifiableML.Algebra;
using VerifiableML.Protocol.Groth16;
using VerifiableML.Protocol.Proofs;
using VerifiableML.Protocol.Serialization;

namespace VerifiableML.Circuits.Wrapping;

/// <summary>
/// The bytes of a wrapped proof: compressed points (32 bytes, 64 in G2) and canonical scalars (32 bytes, big-endian). The circuit fixes how
/// many there are; any other length, and any value that is not canonical, is refused.
/// </summary>
/// <remarks>
/// A pair (A, B) and its negative (−A, −B) satisfy the same equation; the one whose A has the smaller y is canonical and the other refused. Groth16
/// proofs can still be randomized again by anyone, which changes their bytes and never what they prove.
/// </remarks>
public static class WrappedProofFormat
{
    private const int PointLength = G1.CompressedByteLength;
    private const int Groth16Length = (2 * PointLength) + G2.CompressedByteLength;

    private static readonly ContainerSchema Schema = new(ContainerKind.WrappedProof, 1,
    [
        new SectionSchema("ROWS", "commitments to the witness's rows", PointLength, PointLength << 11),
        new SectionSchema("SGNL", "the signals", 8 * Fr.ByteLength, 32 * Fr.ByteLength),
        new SectionSchema("OPEN", "the opening", 3 * PointLength, 3 * PointLength),
        new SectionSchema("GR16", "the Groth16 proof", Groth16Length, Groth16Length),
    ]);

    /// <summary>Whether a proof is the canonical one of the two that differ in the signs of A and B.</summary>
    public static bool IsCanonical(Groth16Proof proof) => !proof.A.IsInfinity && !proof.A.Y.IsUpperHalf;

    /// <summary>The canonical one of the proof and its negative.</summary>
    public static Groth16Proof Canonical(Groth16Proof proof) => IsCanonical(proof) ? proof : proof with { A = -proof.A, B = -proof.B };

    /// <summary>The bytes of <paramref name="proof"/>.</summary>
    public static byte[] Encode(WrappedProof proof)
    {
        var signals = new byte[proof.Told.ToArray().Length * Fr.ByteLength];
        int offset = 0;
        foreach (Fr scalar in proof.Told.ToArray())
        {
            scalar.Encode(signals.AsSpan(offset, Fr.ByteLength));
            offset += Fr.ByteLength;
        }

        var groth16 = new byte[Groth16Length];
        proof.Groth16.A.EncodeCompressed(groth16.AsSpan(0, PointLength));
        proof.Groth16.B.EncodeCompressed(groth16.AsSpan(PointLength, G2.CompressedByteLength));
        proof.Groth16.C.EncodeCompressed(groth16.AsSpan(PointLength + G2.CompressedByteLength, PointLength));
        return Container.Encode(Schema, Points(proof.Rows), signals, Points(proof.Cross, proof.Quotient, proof.Evaluation), groth16);
    }

    /// <summary>Reads a proof of a circuit.</summary>
    /// <param name="name">Name of the source, for the message.</param>
    /// <param name="bytes">The whole proof, from anywhere.</param>
    /// <param name="circuit">The circuit.</param>
    /// <param name="proof">The proof.</param>
    /// <param name="rejection">Why it was refused.</param>
    public static bool TryDecode(
        string name, ReadOnlyMemory<byte> bytes, Circuit circuit,
        [NotNullWhen(true)] out WrappedProof? proof, [NotNullWhen(false)] out Rejection? rejection)
    {
        proof = null;
        if (!Container.TryDecode(name, bytes, Schema, out Container? container, out FileError? error))
        {
            rejection = new Rejection(RejectionReason.Malformed, error.ToString());
            return false;
        }

        int rows = circuit.Layout.WitnessRows;
        if (container[0].Length != rows * PointLength || container[1].Length != ToldSignals.Count(circuit) * Fr.ByteLength)
        {
            rejection = new Rejection(
                RejectionReason.Malformed,
                $"{container[0].Length / PointLength} rows and {container[1].Length / Fr.ByteLength} signals; this circuit's wrapped proofs have {rows} and {ToldSignals.Count(circuit)}");
            return false;
        }

        var scalars = new Fr[ToldSignals.Count(circuit)];
        for (int i = 0; i < scalars.Length; i++)
        {
            if (!Fr.TryDecode(container[1].Span.Slice(i * Fr.ByteLength, Fr.ByteLength), out scalars[i]))
            {
                rejection = new Rejection(RejectionReason.Malformed, $"signal {i} of the proof is not below the field's modulus");
                return false;
            }
        }

        if (!TryDecodePoints(container[0].Span, out G1[] committed) || !TryDecodePoints(container[2].Span, out G1[] opening)
            || !TryDecode(container[3].Span, out Groth16Proof? groth16))
        {
            rejection = new Rejection(RejectionReason.Malformed, "a point of the proof is not a canonical point of its group");
            return false;
        }

        proof = new WrappedProof(committed, ToldSignals.FromArray(circuit, scalars), opening[0], opening[1], opening[2], groth16);
        rejection = null;
        return true;
    }

    private static byte[] Points(params ReadOnlySpan<G1> points)
    {
        var bytes = new byte[points.Length * PointLength];
        for (int i = 0; i < points.Length; i++)
        {
            points[i].EncodeCompressed(bytes.AsSpan(i * PointLength, PointLength));
        }

        return bytes;
    }

    private static bool TryDecodePoints(ReadOnlySpan<byte> bytes, out G1[] points)
    {
        points = new G1[bytes.Length / PointLength];
        for (int i = 0; i < points.Length; i++)
        {
            if (!G1.TryDecodeCompressed(bytes.Slice(i * PointLength, PointLength), out points[i]))
            {
                return false;
            }
        }

        return true;
    }

    private static bool TryDecode(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out Groth16Proof? proof)
    {
        proof = null;
        if (!G1.TryDecodeCompressed(bytes[..PointLength], out G1 a)
            || !G2.TryDecodeCompressed(bytes.Slice(PointLength, G2.CompressedByteLength), out G2 b)
            || !G1.TryDecodeCompressed(bytes[(PointLength + G2.CompressedByteLength)..], out G1 c))
        {
            return false;
        }

        proof = new Groth16Proof(a, b, c);
        return true;
    }
}
