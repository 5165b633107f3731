using VerifiableML.Algebra;
using VerifiableML.Algebra.Polynomials;
using VerifiableML.Protocol.Sumcheck;
using VerifiableML.Protocol.Transcript;
using VerifiableML.Prover.Tests.Attacks;

namespace VerifiableML.Protocol.Tests.Sumcheck;

/// <summary>The verifier against a prover that sums over all indices of dense tables, with instances of different sizes.</summary>
public sealed class BatchedSumcheckTests
{
    [Theory]
    [InlineData(2, new[] { 3 })]
    [InlineData(3, new[] { 3 })]
    [InlineData(2, new[] { 4, 1, 0, 4, 2 })]
    [InlineData(3, new[] { 0, 5, 3 })]
    [InlineData(2, new[] { 0 })]
    [InlineData(2, new[] { 0, 0 })]
    public void What_is_left_is_the_weighted_values_at_suffixes(int degree, int[] variables)
    {
        Instance[] instances = [.. variables.Select((count, i) => new Instance(count, degree, i))];
        (Fr[] messages, _) = Prove(instances, degree, default);
        var channel = new TracingChannel(Draw.Scalar(1), messages);
        ReducedBatch<Fr> reduced = BatchedSumcheck.Reduce(channel, [.. instances.Select(i => new SumcheckClaim<Fr>(i.Variables, i.Sum))], degree, "test");
        Assert.Equal(variables.Max(), reduced.Point.Count);
        Assert.Equal(messages.Length, channel.Labels.Count);
        Assert.Equal(Expected(instances, reduced), reduced.Value);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void A_false_sum_ends_in_a_false_value(int wrong)
    {
        Instance[] instances = [new(3, 2, 0), new(1, 2, 1), new(0, 2, 2)];
        var offset = new Fr[3];
        offset[wrong] = Fr.One;
        (Fr[] messages, _) = Prove(instances, 2, offset);
        ReducedBatch<Fr> reduced = BatchedSumcheck.Reduce(
            new TracingChannel(Draw.Scalar(1), messages),
            [.. instances.Select((i, index) => new SumcheckClaim<Fr>(i.Variables, i.Sum + offset[index]))], 2, "test");
        Assert.NotEqual(Expected(instances, reduced), reduced.Value);
    }

    /// <summary>Knowing the first challenge, a prover adds a(X − r) to the first round: nothing at r, and the missing sum at 0 and 1 together.</summary>
    [Fact]
    public void With_a_known_challenge_a_false_sum_passes()
    {
        Instance[] instances = [new(3, 2, 0)];
        (Fr[] messages, Fr[] challenges) = Prove(instances, 2, default);
        Fr r = challenges[1];
        Fr a = (Fr.One - r - r).Inverse();
        messages[0] -= a * r;
        SumcheckClaim<Fr>[] claims = [new(3, instances[0].Sum + Fr.One)];
        ReducedBatch<Fr> frozen = BatchedSumcheck.Reduce(new TracingChannel(Draw.Scalar(1), messages, challenges), claims, 2, "test");
        Assert.Equal(Expected(instances, frozen), frozen.Value);
        ReducedBatch<Fr> real = BatchedSumcheck.Reduce(new TracingChannel(Draw.Scalar(1), messages), claims, 2, "test");
        Assert.NotEqual(Expected(instances, real), real.Value);
    }

    private static Fr Expected(Instance[] instances, ReducedBatch<Fr> reduced)
    {
        Fr sum = Fr.Zero;
        for (int i = 0; i < instances.Length; i++)
        {
            sum += reduced.Weights[i] * instances[i].At(reduced.Point.Suffix(instances[i].Variables).Coordinates);
        }

        return sum;
    }

    /// <summary>Each round's polynomial from its values at 0 … degree, each a sum over all that is left.</summary>
    private static (Fr[] Messages, Fr[] Challenges) Prove(Instance[] instances, int degree, Fr[]? offset)
    {
        var channel = new ProverChannel(Draw.Scalar(1));
        List<Fr> challenges = [channel.Challenge()];
        Fr[] weights = BatchedSumcheck.Weights(challenges[0], instances.Length);
        int rounds = instances.Max(instance => instance.Variables);
        List<Fr> point = [];
        for (int round = 0; round < rounds; round++)
        {
            var values = new Fr[degree + 1];
            for (int x = 0; x <= degree; x++)
            {
                for (int i = 0; i < instances.Length; i++)
                {
                    values[x] += weights[i] * instances[i].Partial([.. point, Fr.FromInt64(x)], rounds, offset is null ? Fr.Zero : offset[i]);
                }
            }

            Fr[] coefficients = Interpolate(values);
            channel.Send(coefficients[0]);
            foreach (Fr coefficient in coefficients[2..])
            {
                channel.Send(coefficient);
            }

            challenges.Add(channel.Challenge());
            point.Add(challenges[^1]);
        }

        return ([.. channel.Messages], [.. challenges]);
    }

    private static Fr[] Interpolate(Fr[] values)
    {
        // Lagrange over the points 0, 1, …: coefficients added up basis by basis.
        var sum = new Fr[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            Fr[] basis = [Fr.One];
            Fr scale = values[i];
            for (int j = 0; j < values.Length; j++)
            {
                if (j == i)
                {
                    continue;
                }

                var next = new Fr[basis.Length + 1];
                for (int k = 0; k < basis.Length; k++)
                {
                    next[k + 1] += basis[k];
                    next[k] -= basis[k] * Fr.FromInt64(j);
                }

                basis = next;
                scale *= Fr.FromInt64(i - j).Inverse();
            }

            for (int k = 0; k < basis.Length; k++)
            {
                sum[k] += basis[k] * scale;
            }
        }

        return sum;
    }

    /// <summary>A product of dense multilinear factors.</summary>
    private sealed class Instance(int variables, int factors, int seed)
    {
        private readonly Fr[][] _factors = [.. Enumerable.Range(0, factors).Select(f => Draw.Scalars(1 << variables, (seed * 10) + f + 1))];

        public int Variables => variables;

        public Fr Sum => Enumerable.Range(0, 1 << variables).Aggregate(Fr.Zero, (sum, i) => sum + _factors.Aggregate(Fr.One, (product, f) => product * f[i]));

        public Fr At(ReadOnlySpan<Fr> point)
        {
            Fr product = Fr.One;
            foreach (Fr[] factor in _factors)
            {
                product *= MultilinearPolynomial.Evaluate(factor, point);
            }

            return product;
        }

        /// <summary>The sum over what the point leaves of <paramref name="rounds"/> variables, of which the first are not this instance's.</summary>
        public Fr Partial(Fr[] point, int rounds, Fr offset)
        {
            int missing = rounds - variables;
            int left = rounds - point.Length;
            Fr[] own = point.Length > missing ? point[missing..] : [];
            int free = variables - own.Length;
            Fr sum = Fr.Zero;
            for (int i = 0; i < 1 << free; i++)
            {
                int index = i;
                Fr[] rest = [.. Enumerable.Range(0, free).Select(j => Fr.FromInt64((index >> (free - 1 - j)) & 1))];
                sum += At([.. own, .. rest]);
            }

            // A liar who holds on to a false sum has to put it somewhere: it stays in the constant until the instance's first variable.
            return (sum + (own.Length == 0 ? offset : Fr.Zero)) * Fr.FromInt64(1L << (left - free));
        }
    }
}
