using VerifiableML.Algebra;
using VerifiableML.Protocol.Claims;
using VerifiableML.Protocol.Proofs;

namespace VerifiableML.Protocol.Commitments;

/// <summary>
/// Proves <c>⟨v, eq(r, ·)⟩ = c</c> for a vector v that is committed by KZG as <c>v(X) = Σ v_i X^i</c>. With <c>E(X) = Σ eq(r, i) X^i</c>, which is a product of one
/// factor for each coordinate, c is the constant coefficient of the Laurent polynomial <c>v(X) E(1/X)</c>; and since
/// <code>v(X) E(1/X) + v(1/X) E(X) = 2c + X s(X) + (1/X) s(1/X)</code>
/// for just one polynomial s, the prover commits to s and both sides are compared at a random x (the symmetric form of Mercury, eprint
/// 2025/385, section 4). The values at x and at 1/x are one KZG proof for two points (eprint 2020/081, section 4).
/// </summary>
/// <remarks>
/// Entries of v beyond the columns (blinding) meet no coefficient of E and do not change c. Neither side's degree matters: a prover who commits
/// to a longer s still cannot reach the constant coefficient, as s enters with powers of at least one, positive and negative.
/// <para>
/// The first half, <see cref="Discrepancy{T}"/>, knows the point and the value and no commitment; the second, <see cref="ReduceToPairing"/>, the other
/// way round. A wrapped proof has the first inside its circuit and the second outside.
/// </para>
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
        if (!x.TryInverse(out Fr inverse) || x == inverse)
        {
            return new Rejection(RejectionReason.Opening, "the opening's challenge is its own inverse or has none");
        }

        if (!Discrepancy(point, value, x, inverse, proof.Values).IsZero)
        {
            return new Rejection(RejectionReason.Opening, "the identity of the inner product does not hold at the opening's challenge");
        }

        (G1 left, G1 right) = ReduceToPairing(commitment, x, x + inverse, proof);
        return Pairing.ProductIsOne([(left, G2.Generator), (-right, tau)])
            ? null
            : new Rejection(RejectionReason.Opening, "the pairing check of the polynomial opening fails");
    }

    /// <summary>
    /// <c>v(x) E(1/x) + v(1/x) E(x) − 2c − x s(x) − s(1/x)/x</c>, which must be zero. Over the variables of a circuit this is the circuit's part.
    /// </summary>
    public static T Discrepancy<T>(EvaluationPoint<T> point, T value, T x, T inverse, OpenedValues<T> values)
        where T : struct, IScalar<T>
    {
        T rowAtChallenge = values.RowConstant + (values.RowSlope * x);
        T rowAtInverse = values.RowConstant + (values.RowSlope * inverse);
        T crossAtChallenge = values.CrossConstant + (values.CrossSlope * x);
        T crossAtInverse = values.CrossConstant + (values.CrossSlope * inverse);
        return (rowAtChallenge * EvaluateEquality(point, inverse)) + (rowAtInverse * EvaluateEquality(point, x))
            - value - value - (x * crossAtChallenge) - (inverse * crossAtInverse);
    }

    /// <summary>
    /// What remains to be checked, <c>e(Left, [1]G2) = e(Right, [τ]G2)</c>: with <c>f = v + γs</c> and the remainder <c>R = f mod Z</c>, the
    /// polynomial <c>f − R(z) − Z(z)·quotient</c> vanishes at z.
    /// </summary>
    /// <param name="commitment">Commitment to v.</param>
    /// <param name="x">The challenge x.</param>
    /// <param name="trace"><c>x + 1/x</c>, so that <c>Z = X² − trace·X + 1</c>.</param>
    /// <param name="proof">The proof.</param>
    public static (G1 Left, G1 Right) ReduceToPairing(G1 commitment, Fr x, Fr trace, OpeningProof proof)
    {
        OpenedValues<Fr> values = proof.Values;
        Fr gamma = BatchChallenge(x, values);
        Fr z = EvaluationChallenge(gamma, proof.Quotient);
        Fr remainder = values.RowConstant + (gamma * values.CrossConstant) + (z * (values.RowSlope + (gamma * values.CrossSlope)));
        Fr vanishing = (z * (z - trace)) + Fr.One;
        G1 left = commitment + proof.Cross.Multiply(gamma) - G1.Generator.Multiply(remainder) - proof.Quotient.Multiply(vanishing)
            + proof.Evaluation.Multiply(z);
        return (left, proof.Evaluation);
    }

    /// <summary><c>E(X) = Π_j (1 − r_j + r_j X^(2^(n−1−j)))</c>.</summary>
    public static T EvaluateEquality<T>(EvaluationPoint<T> point, T x)
        where T : struct, IScalar<T>
    {
        T product = T.One;
        for (int j = point.Count - 1; j >= 0; j--)
        {
            product *= T.One - point[j] + (point[j] * x);
            x *= x;
        }

        return product;
    }

    /// <summary>The challenge x, outside the sponge so that no circuit hashes a point.</summary>
    public static Fr Challenge(Fr link, G1 cross) => new ByteTranscript("opening point").Append(link).Append(cross).Squeeze();

    /// <summary>The challenge γ that joins v and s.</summary>
    public static Fr BatchChallenge(Fr x, OpenedValues<Fr> values) => new ByteTranscript("opening batch")
        .Append(x).Append(values.RowConstant).Append(values.RowSlope).Append(values.CrossConstant).Append(values.CrossSlope).Squeeze();

    /// <summary>The challenge z at which the quotient is compared.</summary>
    public static Fr EvaluationChallenge(Fr gamma, G1 quotient) =>
        new ByteTranscript("opening evaluation").Append(gamma).Append(quotient).Squeeze();
}
