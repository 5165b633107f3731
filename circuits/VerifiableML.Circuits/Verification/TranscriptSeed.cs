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
            .Append(HashValues(statement.Input))
            .Append(HashValues(statement.Output));
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

    /// <summary>Values as scalars of 32 bytes each, the way a contract has them.</summary>
    private static byte[] HashValues(int[]? values)
    {
        var transcript = new ByteTranscript("public values");
        foreach (int value in values ?? [])
        {
            transcript.Append(Fr.FromInt64(value));
        }

        return transcript.Hash();
    }
}
