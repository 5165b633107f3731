using VerifiableML.Algebra;
using VerifiableML.Circuits.Keys;
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

        if (CommittedColumns.Check(circuit, statement, proof.Rows) is { } mismatch)
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
        G1 commitment = RowFolding.Fold(key, proof.Rows, claim.WitnessRow, claim.WeightRow, claim.Combination);
        return InnerProductOpening.Verify(commitment, claim.Column, claim.Value, claim.Link, proof.Opening, key.Setup.Tau);
    }
}
