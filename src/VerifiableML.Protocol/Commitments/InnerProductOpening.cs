using VerifiableML.Algebra;
using VerifiableML.Protocol.Claims;
using VerifiableML.Protocol.Proofs;

namespace VerifiableML.Protocol.Commitments;

/// <summary>
/// Proves <c>⟨v, eq(r, ·)⟩ = c</c> for a vector v that is committed by KZG as <c>v(X) = Σ v_i X^i</c>. With <c>E(X) = Σ eq(r, i) X^i</c>, which is a product of one
/// factor for each coordinate, c is the constant coefficient of the Laurent polynomial <c>v(X) E(1/X)</c>; and since
/// <code>v(X) E(1/X) + v(1/X) E(X) = 2c + X s(X) + (1/X) s(1/X)</code>
/// for just one polynomial s, the prover commits to s and both sides are compared at a random x (the symmetric form of Mercury, eprint
/// 2025/385, section 4). Values at x and at 1/x are two KZG proofs, joined in one pairing check.
/// </summary>
/// <remarks>
/// Entries of v beyond the columns (blinding) meet no coefficient of E and do not change c. Neither side's degree matters: a prover who commits
/// to a longer s still cannot reach the constant coefficient, as s enters with powers of at least one, positive and negative.
/// </remarks>
public static class InnerProductOpening
{
    /// <summary>Checks an opening.</summary>
    /// <param name="commitment">Commitment to v.</param>
    /// <param name="point">The point r.</param>
    /// <param name="value">The claimed value c.</param>
    /// <param name="link">The transcript's last challenge.</param>
    /// <param name="proof">The proof.</param>
    /// <param name="tau">The reference string's [τ]G2.</param>
    public static Rejection? Verify(G1 commitment, EvaluationPoint<Fr> point, Fr value, Fr link, OpeningProof proof, G2 tau)
    {
        Fr x = Challenge(link, proof.Cross);
        if (!x.TryInverse(out Fr inverse))
        {
            return new Rejection(RejectionReason.Opening, "the opening's challenge is zero");
        }

        Fr crossAtInverse = CrossAtInverse(point, value, proof, x, inverse);
        Fr gamma = BatchChallenge(x, proof, crossAtInverse);
        Fr u = PairingChallenge(gamma, proof);
        G1 batched = commitment + proof.Cross.Multiply(gamma);
        G1 atChallenge = batched - G1.Generator.Multiply(proof.RowAtChallenge + (gamma * proof.CrossAtChallenge))
            + proof.QuotientAtChallenge.Multiply(x);
        G1 atInverse = batched - G1.Generator.Multiply(proof.RowAtInverse + (gamma * crossAtInverse))
            + proof.QuotientAtInverse.Multiply(inverse);
        G1 left = atChallenge + atInverse.Multiply(u);
        G1 right = proof.QuotientAtChallenge + proof.QuotientAtInverse.Multiply(u);
        return Pairing.ProductIsOne([(left, G2.Generator), (-right, tau)])
            ? null
            : new Rejection(RejectionReason.Opening, "the pairing check of the polynomial opening fails");
    }

    /// <summary><c>E(X) = Π_j (1 − r_j + r_j X^(2^(n−1−j)))</c>.</summary>
    public static Fr EvaluateEquality(EvaluationPoint<Fr> point, Fr x)
    {
        Fr product = Fr.One;
        for (int j = point.Count - 1; j >= 0; j--)
        {
            product *= Fr.One - point[j] + (point[j] * x);
            x = x.Square();
        }

        return product;
    }

    /// <summary>
    /// <c>s(1/x)</c>, from the identity itself: were it sent, it would have to be compared; so it is not, and there is one proof less to tell apart.
    /// </summary>
    public static Fr CrossAtInverse(EvaluationPoint<Fr> point, Fr value, OpeningProof proof, Fr x, Fr inverse) =>
        x * ((proof.RowAtChallenge * EvaluateEquality(point, inverse)) + (proof.RowAtInverse * EvaluateEquality(point, x))
            - value.Double() - (x * proof.CrossAtChallenge));

    /// <summary>The challenge x, outside the sponge so that no circuit hashes a point.</summary>
    public static Fr Challenge(Fr link, G1 cross) => new ByteTranscript("opening point").Append(link).Append(cross).Squeeze();

    /// <summary>The challenge that joins v and s.</summary>
    public static Fr BatchChallenge(Fr x, OpeningProof proof, Fr crossAtInverse) => new ByteTranscript("opening batch")
        .Append(x).Append(proof.RowAtChallenge).Append(proof.RowAtInverse).Append(proof.CrossAtChallenge).Append(crossAtInverse).Squeeze();

    /// <summary>The challenge that joins the two KZG proofs.</summary>
    public static Fr PairingChallenge(Fr gamma, OpeningProof proof) => new ByteTranscript("opening pairing")
        .Append(gamma).Append(proof.QuotientAtChallenge).Append(proof.QuotientAtInverse).Squeeze();
}
