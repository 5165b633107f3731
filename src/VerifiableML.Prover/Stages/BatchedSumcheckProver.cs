using VerifiableML.Algebra;
using VerifiableML.Protocol.Claims;
using VerifiableML.Protocol.Sumcheck;
using VerifiableML.Protocol.Transcript;

namespace VerifiableML.Prover.Stages;

/// <summary>The prover of <see cref="BatchedSumcheck"/>.</summary>
internal static class BatchedSumcheckProver
{
    /// <summary>
    /// Reduces instances side by side. An instance joins when as many variables are left as it has; until then its polynomial is
    /// constant.
    /// </summary>
    /// <param name="channel">The channel.</param>
    /// <param name="claims">Variables and value of each instance.</param>
    /// <param name="degree">Degree of the rounds, 2 or 3.</param>
    /// <param name="prepare">Given the weights of the claims, makes the provers; several claims may share one. They are disposed by the caller.</param>
    /// <param name="beforeRound">Called before each round.</param>
    public static ReducedBatch<Fr> Reduce(
        ProverChannel channel, IReadOnlyList<SumcheckClaim<Fr>> claims, int degree, Func<Fr[], IReadOnlyList<WeightedInstance>> prepare,
        Action<int>? beforeRound = null)
    {
        Fr[] weights = BatchedSumcheck.Weights(channel.Challenge(), claims.Count);
        IReadOnlyList<WeightedInstance> instances = prepare(weights);
        int rounds = claims.Max(claim => claim.Variables);
        var point = new Fr[rounds];
        Fr value = Fr.Zero;
        foreach (WeightedInstance instance in instances)
        {
            value += instance.Weight * instance.Instance.Value * Fr.FromUInt64(2).Pow((ulong)(rounds - instance.Instance.Variables));
        }

        for (int round = 0; round < rounds; round++)
        {
            beforeRound?.Invoke(round);
            int left = rounds - round;
            var sum = default(RoundPolynomial);
            foreach (WeightedInstance instance in instances)
            {
                sum += Round(instance, left);
            }

            channel.Send(sum.Constant);
            channel.Send(sum.Quadratic);
            if (degree == 3)
            {
                channel.Send(sum.Cubic);
            }

            point[round] = channel.Challenge();
            value = sum.Evaluate(point[round]);
            foreach (WeightedInstance instance in instances)
            {
                if (instance.Instance.Variables == left)
                {
                    instance.Instance.Bind(point[round]);
                }
            }
        }

        return new ReducedBatch<Fr>(new EvaluationPoint<Fr>(point), value, weights);
    }

    private static RoundPolynomial Round(WeightedInstance instance, int left)
    {
        int waiting = left - instance.Instance.Variables;
        if (waiting == 0)
        {
            return instance.Instance.Round().Scale(instance.Weight);
        }

        // Constant in this variable: the sum over both of its values is twice that constant.
        Fr constant = instance.Weight * instance.Instance.Value * Fr.FromUInt64(2).Pow((ulong)(waiting - 1));
        return new RoundPolynomial(constant, Fr.Zero, Fr.Zero, Fr.Zero);
    }
}

/// <summary>An instance with its weight in the batch.</summary>
/// <param name="Instance">The instance.</param>
/// <param name="Weight">Its weight.</param>
internal readonly record struct WeightedInstance(SumcheckInstance Instance, Fr Weight);
