using VerifiableML.Algebra;
using VerifiableML.Circuits.Keys;
using VerifiableML.Circuits.Verification;
using VerifiableML.Protocol.Commitments;
using VerifiableML.Protocol.Groth16;
using VerifiableML.Protocol.Proofs;

namespace VerifiableML.Circuits.Wrapping;

/// <summary>
/// Checks wrapped proofs: hashes, a handful of group operations and one product of five pairings, step by step what a contract does. Nothing that
/// a prover sends makes it throw.
/// </summary>
public static class WrappedVerifier
{
    /// <summary>Checks the bytes of a wrapped proof.</summary>
    /// <param name="key">The model's verification key.</param>
    /// <param name="wrap">The key of its circuit's wrap.</param>
    /// <param name="statement">What the proof is about.</param>
    /// <param name="proof">The proof's bytes, from anywhere.</param>
    /// <returns>Null when the proof is accepted, else why it is not.</returns>
    public static Rejection? Verify(VerificationKey key, WrapVerificationKey wrap, PublicStatement statement, ReadOnlyMemory<byte> proof)
    {
        try
        {
            return WrappedProofFormat.TryDecode("proof", proof, key.Circuit, out WrappedProof? decoded, out Rejection? rejection)
                ? Verify(key, wrap, statement, decoded)
                : rejection;
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            // Nothing here is known to throw. Should it ever, that is no reason to accept, nor to bring the caller down.
            return new Rejection(RejectionReason.Internal, $"the verifier failed: {fault.GetType().Name}: {fault.Message}");
        }
    }

    /// <summary>The challenge that joins the pairing equations of Groth16 and of the opening. It comes after everything that enters either.</summary>
    public static Fr PairingChallenge(Fr rho, WrappedProof proof) => new ByteTranscript("wrap pairing")
        .Append(rho).Append(proof.Quotient).Append(proof.Evaluation)
        .Append(proof.Groth16.A).Append(proof.Groth16.B).Append(proof.Groth16.C).Squeeze();

    /// <summary>The signals about which the Groth16 proof in a wrapped proof is, for other verifiers of Groth16.</summary>
    /// <param name="key">The model's verification key.</param>
    /// <param name="statement">What the proof is about; it must fit the key's circuit.</param>
    /// <param name="proof">The proof.</param>
    public static Fr[] PublicSignals(VerificationKey key, PublicStatement statement, WrappedProof proof)
    {
        WrapSignals<Fr> signals = CompleteSignals(key, statement, proof);
        return signals.PublicWires(WrapSignals<Fr>.DrawCompression(signals));
    }

    private static Rejection? Verify(VerificationKey key, WrapVerificationKey wrap, PublicStatement statement, WrappedProof proof)
    {
        if (CheckKeys(key, wrap) is { } wrong)
        {
            return wrong;
        }

        Circuit circuit = key.Circuit;
        if (statement.Problem(circuit) is { } problem)
        {
            return new Rejection(RejectionReason.PublicValues, problem);
        }

        if (CommittedColumns.Check(circuit, statement, proof.Rows) is { } mismatch)
        {
            return mismatch;
        }

        if (!WrappedProofFormat.IsCanonical(proof.Groth16))
        {
            return new Rejection(RejectionReason.Malformed, "the Groth16 proof is the negative of the canonical one");
        }

        WrapSignals<Fr> signals = CompleteSignals(key, statement, proof);
        Fr rho = WrapSignals<Fr>.DrawCompression(signals);
        return VerifyPairings(key, wrap.Groth16, proof, signals, rho);
    }

    private static Rejection? CheckKeys(VerificationKey key, WrapVerificationKey wrap)
    {
        if (!wrap.CircuitDigest.AsSpan().SequenceEqual(key.Circuit.Digest.AsSpan()))
        {
            return new Rejection(RejectionReason.WrongKey, "the wrap key is of another circuit");
        }

        if (!key.Circuit.Options.IsHiding)
        {
            return new Rejection(RejectionReason.WrongKey, "the model's keys are not for wrapping");
        }

        if (wrap.Groth16.FindFault() is { } fault)
        {
            return new Rejection(RejectionReason.WrongKey, $"the Groth16 key cannot be used: {fault}");
        }

        return wrap.Groth16.PublicCount != WrapSignals<Fr>.PublicCount || wrap.Groth16.Gamma != G2.Generator
            ? new Rejection(RejectionReason.WrongKey, "the Groth16 key is not that of a wrap circuit")
            : null;
    }

    /// <summary>What the verifier computes itself: the seed, the public values at the seed, and x.</summary>
    private static WrapSignals<Fr> CompleteSignals(VerificationKey key, PublicStatement statement, WrappedProof proof)
    {
        Circuit circuit = key.Circuit;
        Fr seed = TranscriptSeed.Compute(key, statement, proof.Rows);
        return proof.Told.Complete(
            seed, Value(0, statement.Input), Value(circuit.Architecture.OutputValue, statement.Output),
            InnerProductOpening.Challenge(proof.Told.Link, proof.Cross));

        Fr Value(int value, int[]? values) => values is null ? Fr.Zero : PublicValues.Evaluate(circuit, value, values, seed);
    }

    /// <summary>
    /// <c>e(−A, B) · e(α, β) · e(signals + u·left, [1]G2) · e(C, δ) · e(−u·right, [τ]G2) = 1</c>: Groth16's equation and, times a random u, that of
    /// the opening. Both have the generator of G2 in them, as Groth16's γ is one.
    /// </summary>
    private static Rejection? VerifyPairings(
        VerificationKey key, Groth16VerificationKey groth16, WrappedProof proof, WrapSignals<Fr> signals, Fr rho)
    {
        G1 row = RowFolding.Fold(key, proof.Rows, signals.WitnessRow, signals.WeightRow, signals.Combination);
        (G1 left, G1 right) = InnerProductOpening.ReduceToPairing(row, signals.X, signals.Trace, proof.Opening);
        Fr[] inputs = signals.PublicWires(rho);
        G1 atSignals = groth16.Inputs[0];
        for (int i = 0; i < inputs.Length; i++)
        {
            atSignals += groth16.Inputs[1 + i].Multiply(inputs[i]);
        }

        Fr u = PairingChallenge(rho, proof);
        bool holds = Pairing.ProductIsOne(
        [
            (-proof.Groth16.A, proof.Groth16.B),
            (groth16.Alpha, groth16.Beta),
            (atSignals + left.Multiply(u), G2.Generator),
            (proof.Groth16.C, groth16.Delta),
            (-right.Multiply(u), key.Setup.Tau),
        ]);
        return holds ? null
            : Groth16Verifier.Verify(groth16, inputs, proof.Groth16)
            ?? new Rejection(RejectionReason.Opening, "the pairing check of the polynomial opening fails");
    }
}
