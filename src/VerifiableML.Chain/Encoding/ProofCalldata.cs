using System.Diagnostics.CodeAnalysis;
using VerifiableML.Algebra;
using VerifiableML.Circuits;
using VerifiableML.Circuits.Wrapping;
using VerifiableML.Protocol.Groth16;
using VerifiableML.Protocol.Proofs;

namespace VerifiableML.Chain.Encoding;

/// <summary>
/// A wrapped proof as a contract reads it: rows, cross, quotient, evaluation, A, B, C as uncompressed points, then the told scalars. Twice as long as
/// the file, as an EVM has no cheap square root.
/// </summary>
public static class ProofCalldata
{
    // Cross, quotient, evaluation, A, C in G1; B in G2.
    private const int PointsBesideRows = (5 * G1.ByteLength) + G2.ByteLength;

    /// <summary>Number of bytes for a circuit.</summary>
    public static int Length(Circuit circuit) =>
        (circuit.Layout.WitnessRows * G1.ByteLength) + PointsBesideRows + (ToldSignals.Count(circuit) * Fr.ByteLength);

    /// <summary>The bytes of a proof.</summary>
    public static byte[] Encode(WrappedProof proof)
    {
        Fr[] told = proof.Told.ToArray();
        var bytes = new PointWriter((proof.Rows.Length * G1.ByteLength) + PointsBesideRows + (told.Length * Fr.ByteLength));
        foreach (G1 row in proof.Rows)
        {
            bytes.Append(row);
        }

        bytes.Append(proof.Cross);
        bytes.Append(proof.Quotient);
        bytes.Append(proof.Evaluation);
        bytes.Append(proof.Groth16.A);
        bytes.Append(proof.Groth16.B);
        bytes.Append(proof.Groth16.C);
        foreach (Fr scalar in told)
        {
            bytes.Append(scalar);
        }

        return bytes.ToArray();
    }

    /// <summary>Reads the bytes of a proof of a circuit; every byte string that a contract reads as points and scalars, and no other.</summary>
    /// <param name="bytes">The whole proof, from anywhere.</param>
    /// <param name="circuit">The circuit.</param>
    /// <param name="proof">The proof.</param>
    /// <param name="rejection">Why it was refused.</param>
    public static bool TryDecode(
        ReadOnlySpan<byte> bytes, Circuit circuit, [NotNullWhen(true)] out WrappedProof? proof, [NotNullWhen(false)] out Rejection? rejection)
    {
        proof = null;
        if (bytes.Length != Length(circuit))
        {
            rejection = new Rejection(RejectionReason.Malformed, $"{bytes.Length} bytes, {Length(circuit)} expected");
            return false;
        }

        int rows = circuit.Layout.WitnessRows;
        ReadOnlySpan<byte> twist = bytes.Slice((rows + 4) * G1.ByteLength, G2.ByteLength);
        ReadOnlySpan<byte> afterTwist = bytes[((rows + 4) * G1.ByteLength + G2.ByteLength)..];
        if (!TryDecodePoints(bytes[..((rows + 4) * G1.ByteLength)], out G1[] points)
            || !G2.TryDecode(twist, out G2 b) || !G1.TryDecode(afterTwist[..G1.ByteLength], out G1 c))
        {
            rejection = new Rejection(RejectionReason.Malformed, "a point of the proof is not a point of its group");
            return false;
        }

        if (!TryDecodeScalars(afterTwist[G1.ByteLength..], out Fr[] told))
        {
            rejection = new Rejection(RejectionReason.Malformed, "a scalar of the proof is not below the field's modulus");
            return false;
        }

        proof = new WrappedProof(
            points[..rows], ToldSignals.FromArray(circuit, told), points[rows], points[rows + 1], points[rows + 2], new Groth16Proof(points[rows + 3], b, c));
        rejection = null;
        return true;
    }

    private static bool TryDecodePoints(ReadOnlySpan<byte> bytes, out G1[] points)
    {
        points = new G1[bytes.Length / G1.ByteLength];
        for (int i = 0; i < points.Length; i++)
        {
            if (!G1.TryDecode(bytes.Slice(i * G1.ByteLength, G1.ByteLength), out points[i]))
            {
                return false;
            }
        }

        return true;
    }

    private static bool TryDecodeScalars(ReadOnlySpan<byte> bytes, out Fr[] scalars)
    {
        scalars = new Fr[bytes.Length / Fr.ByteLength];
        for (int i = 0; i < scalars.Length; i++)
        {
            if (!Fr.TryDecode(bytes.Slice(i * Fr.ByteLength, Fr.ByteLength), out scalars[i]))
            {
                return false;
            }
        }

        return true;
    }
}
