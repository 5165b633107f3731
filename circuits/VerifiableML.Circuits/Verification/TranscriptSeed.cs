using VerifiableML.Algebra;
using VerifiableML.Circuits.Keys;
using VerifiableML.Protocol.Commitments;

namespace VerifiableML.Circuits.Verification;

/// <summary>
/// The seed of the transcript: circuit, model, setup, context, public values and the commitments to the whole witness, hashed in that order.
/// Every challenge depends on all of them.
/// </summary>
public static class TranscriptSeed
{
    /// <summary>The seed of a proof with these witness rows.</summary>
    public static Fr Compute(VerificationKey key, PublicStatement statement, ReadOnlySpan<G1> rows)
    {
        ByteTranscript transcript = new ByteTranscript("seed")
            .Append(key.Circuit.Digest.AsSpan())
            .Append(key.ModelCommitment())
            .Append(key.Setup.Id.AsSpan())
            .Append(statement.Context.AsSpan())
            .Append(HashValues(key.Circuit, 0, statement.Input))
            .Append(HashValues(key.Circuit, key.Circuit.Architecture.OutputValue, statement.Output));
        foreach (G1 row in rows)
        {
            transcript.Append(row);
        }

        return transcript.Squeeze();
    }

    /// <summary>The hash that stands for a column which is published by its commitment alone.</summary>
    public static byte[] HashRows(ReadOnlySpan<G1> rows)
    {
        var transcript = new ByteTranscript("committed column");
        foreach (G1 row in rows)
        {
            transcript.Append(row);
        }

        return transcript.Hash();
    }

    /// <summary>The hash of public values as they stand in calldata; of nothing where they are not public.</summary>
    private static byte[] HashValues(Circuit circuit, int value, int[]? values) =>
        new ByteTranscript("public values").Append(values is null ? [] : PublicValues.Encode(circuit, value, values)).Hash();
}
