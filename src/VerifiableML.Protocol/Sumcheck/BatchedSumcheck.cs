using VerifiableML.Algebra;
using VerifiableML.Protocol.Claims;
using VerifiableML.Protocol.Transcript;

namespace VerifiableML.Protocol.Sumcheck;

/// <summary>
/// Sumchecks of many statements side by side with shared challenges (Lund, Fortnow, Karloff, Nisan 1992; batched by a random combination).
/// A polynomial in fewer variables than the longest is treated as constant in the leading ones, which multiplies its sum by
/// two for each: so the number of rounds is that of the longest, however many instances there are.
/// </summary>
public static class BatchedSumcheck
{
    /// <summary>Reduces <paramref name="claims"/> to one evaluation.</summary>
    /// <param name="channel">The verifier's channel.</param>
    /// <param name="claims">The statements; at least one.</param>
    /// <param name="degree">Degree of the round polynomials, 2 or 3.</param>
    /// <param name="name">The stage's name, for messages.</param>
    public static ReducedBatch<T> Reduce<T>(VerifierChannel<T> channel, IReadOnlyList<SumcheckClaim<T>> claims, int degree, string name)
        where T : struct, IScalar<T>
    {
        T[] weights = Weights(channel.Challenge(), claims.Count);
        int rounds = claims.Max(claim => claim.Variables);
        T value = T.Zero;
        for (int i = 0; i < claims.Count; i++)
        {
            value += weights[i] * claims[i].Value * ScalarConstants.PowerOfTwo<T>(rounds - claims[i].Variables);
        }

        var point = new T[rounds];
        for (int round = 0; round < rounds; round++)
        {
            value = Round(channel, value, degree, $"{name} round {round}", out point[round]);
        }

        return new ReducedBatch<T>(new EvaluationPoint<T>(point), value, weights);
    }

    /// <summary>The powers <c>1, w, w², …</c> with which instances are combined.</summary>
    public static T[] Weights<T>(T challenge, int count)
        where T : struct, IScalar<T>
    {
        var weights = new T[count];
        T power = T.One;
        for (int i = 0; i < count; i++)
        {
            weights[i] = power;
            power *= challenge;
        }

        return weights;
    }

    /// <summary>
    /// One round: the prover sends the coefficients of <c>s</c> but the linear one, which <c>s(0) + s(1) = value</c> fixes; so a round
    /// cannot be inconsistent, and the check falls to the end.
    /// </summary>
    private static T Round<T>(VerifierChannel<T> channel, T value, int degree, string label, out T challenge)
        where T : struct, IScalar<T>
    {
        T constant = channel.Receive($"{label}, constant");
        T linear = value - constant - constant;
        var higher = new T[degree - 1];
        for (int k = 0; k < higher.Length; k++)
        {
            higher[k] = channel.Receive($"{label}, X^{k + 2}");
            linear -= higher[k];
        }

        challenge = channel.Challenge();
        T result = T.Zero;
        for (int k = higher.Length - 1; k >= 0; k--)
        {
            result = (result + higher[k]) * challenge;
        }

        return ((result + linear) * challenge) + constant;
    }
}
