using VerifiableML.Algebra;
using VerifiableML.Protocol.Proofs;

namespace VerifiableML.Protocol.Groth16;

/// <summary>Checks proofs of Groth (eprint 2016/260, §3.2) by one product of four pairings, as the precompile of EIP-197 does.</summary>
public static class Groth16Verifier
{
    /// <summary>Checks <c>e(−A, B)·e(α, β)·e(Inputs₀ + Σ sᵢ·Inputsᵢ₊₁, γ)·e(C, δ) = 1</c>.</summary>
    /// <param name="key">The key; a faulty one is a rejection.</param>
    /// <param name="publicSignals">One value for each public signal, without the constant one.</param>
    /// <param name="proof">The proof.</param>
    /// <returns>Null for a proof that holds. Never throws.</returns>
    public static Rejection? Verify(Groth16VerificationKey key, ReadOnlySpan<Fr> publicSignals, Groth16Proof proof)
    {
        if (key is null || proof is null)
        {
            return new Rejection(RejectionReason.Internal, "there is no key or no proof");
        }

        if (key.FindFault() is string fault)
        {
            return new Rejection(RejectionReason.WrongKey, $"the Groth16 key cannot be used: {fault}");
        }

        if (publicSignals.Length != key.PublicCount)
        {
            return new Rejection(RejectionReason.PublicValues, $"{publicSignals.Length} public signals for a key of {key.PublicCount}");
        }

        // A pairing is defined on the groups of order r only; outside of them its value would mean nothing.
        if (!proof.A.IsOnCurve || !proof.C.IsOnCurve || !proof.B.IsOnCurve || !proof.B.IsInSubgroup)
        {
            return new Rejection(RejectionReason.Malformed, "a point of the Groth16 proof does not lie in its group");
        }

        bool holds = Pairing.ProductIsOne(
        [
            (-proof.A, proof.B),
            (key.Alpha, key.Beta),
            (CombineInputs(key, publicSignals), key.Gamma),
            (proof.C, key.Delta),
        ]);
        return holds ? null : new Rejection(RejectionReason.Groth16, "the pairing equation does not hold");
    }

    /// <summary>Inputs₀ + Σ sᵢ·Inputsᵢ₊₁.</summary>
    private static G1 CombineInputs(Groth16VerificationKey key, ReadOnlySpan<Fr> publicSignals)
    {
        JacobianPoint<Fq> sum = key.Inputs[0].ToJacobian();
        for (int i = 0; i < publicSignals.Length; i++)
        {
            sum += key.Inputs[i + 1].ToJacobian().Multiply(publicSignals[i]);
        }

        return G1.FromJacobian(sum);
    }
}
