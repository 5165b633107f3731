using VerifiableML.Algebra;
using VerifiableML.Algebra.Groups;
using VerifiableML.Algebra.Vectors;
using VerifiableML.Circuits.Keys;
using VerifiableML.Circuits.Layout;
using VerifiableML.Protocol.Claims;
using VerifiableML.Protocol.Commitments;
using VerifiableML.Protocol.Proofs;
using VerifiableML.Protocol.Transcript;

namespace VerifiableML.Circuits.Verification;

/// <summary>
/// Checks that an output came from exactly the committed model on exactly the given input. Nothing that a prover sends makes it throw, and
/// it accepts only when no claim is left.
/// </summary>
public static class InferenceVerifier
{
    /// <summary>Checks the bytes of a proof.</summary>
    /// <param name="key">The model's verification key.</param>
    /// <param name="statement">What the proof is about.</param>
    /// <param name="proof">The proof's bytes, from anywhere.</param>
    /// <returns>Null when the proof is accepted, else why it is not.</returns>
    public static Rejection? Verify(VerificationKey key, PublicStatement statement, ReadOnlyMemory<byte> proof)
    {
        try
        {
            MessageInventory inventory = MessageInventory.Of(key.Circuit);
            return CoreProofFormat.TryDecode(
                "proof", proof, key.Circuit.Layout.WitnessRows, inventory.Labels.Count, out CoreProof? decoded, out Rejection? rejection)
                ? Verify(key, statement, decoded)
                : rejection;
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            // Nothing here is known to throw. Should it ever, that is no reason to accept, nor to bring the caller down.
            return new Rejection(RejectionReason.Internal, $"the verifier failed: {fault.GetType().Name}: {fault.Message}");
        }
    }

    /// <summary>Checks a decoded proof.</summary>
    public static Rejection? Verify(VerificationKey key, PublicStatement statement, CoreProof proof)
    {
        Circuit circuit = key.Circuit;
        if (statement.Problem(circuit) is { } problem)
        {
            return new Rejection(RejectionReason.PublicValues, problem);
        }

        if (proof.Rows.Length != circuit.Layout.WitnessRows)
        {
            return new Rejection(RejectionReason.Malformed, $"{proof.Rows.Length} witness rows, {circuit.Layout.WitnessRows} expected");
        }

        if (CheckCommitted(circuit, statement, proof) is { } mismatch)
        {
            return mismatch;
        }

        var channel = new NativeVerifierChannel(TranscriptSeed.Compute(key, statement, proof.Rows), proof.Messages);
        var protocol = new VerifierProtocol<Fr>(circuit, channel, (column, powerBase) => column.Index == circuit.ValueColumns[0].Index
            ? PublicValues.Evaluate(circuit, 0, statement.Input ?? [], powerBase)
            : PublicValues.Evaluate(circuit, circuit.Architecture.OutputValue, statement.Output ?? [], powerBase));
        OpeningClaim<Fr> claim = protocol.Run();
        channel.RequireEnd();
        return channel.Rejection ?? VerifyOpening(key, proof, claim);
    }

    private static Rejection? VerifyOpening(VerificationKey key, CoreProof proof, OpeningClaim<Fr> claim)
    {
        Fr[] witness = Equality.Table(claim.WitnessRow);
        Fr[] weights = Equality.Table(claim.WeightRow);
        var scalars = new Fr[proof.Rows.Length + key.WeightRows.Length];
        witness.AsSpan(0, proof.Rows.Length).CopyTo(scalars);
        for (int i = 0; i < key.WeightRows.Length; i++)
        {
            scalars[proof.Rows.Length + i] = claim.Combination * weights[i];
        }

        using FrVector vector = FrVector.From(scalars);
        G1 commitment = MultiScalarMultiplication.Compute(new G1Bases([.. proof.Rows, .. key.WeightRows]), vector.All);
        return InnerProductOpening.Verify(commitment, claim.Column, claim.Value, claim.Link, proof.Opening, key.Setup.Tau);
    }

    /// <summary>Columns that are published by their commitment have rows of their own, and the hash of those is the public datum.</summary>
    private static Rejection? CheckCommitted(Circuit circuit, PublicStatement statement, CoreProof proof)
    {
        if (circuit.Options.Input == Visibility.Committed && !Matches(circuit.ValueColumns[0], statement.InputCommitment.AsSpan()))
        {
            return new Rejection(RejectionReason.PublicValues, "the proof is about another committed input");
        }

        return circuit.Options.Output == Visibility.Committed
            && !Matches(circuit.ValueColumns[circuit.Architecture.OutputValue], statement.OutputCommitment.AsSpan())
            ? new Rejection(RejectionReason.PublicValues, "the proof is about another committed output")
            : null;

        bool Matches(Column column, ReadOnlySpan<byte> expected)
        {
            (int first, int count) = circuit.RowsOf(column);
            return TranscriptSeed.HashRows(proof.Rows.AsSpan(first, count)).AsSpan().SequenceEqual(expected);
        }
    }
}
