using VerifiableML.Algebra;
using VerifiableML.Algebra.Polynomials;
using VerifiableML.Protocol.Claims;
using VerifiableML.Protocol.Lookups;
using VerifiableML.Protocol.Transcript;
using VerifiableML.Prover.Tests.Attacks;

namespace VerifiableML.Protocol.Tests.Lookups;

/// <summary>The tree's verifier against a prover that works on dense tables, honest and not.</summary>
public sealed class FractionTreeTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(6)]
    public void A_sum_of_zero_leaves_the_leaves_at_one_point(int levels)
    {
        Tree tree = Balanced(levels);
        (TracingChannel channel, LeafClaim<Fr> claim) = Verify(tree.Prove(), levels);
        Assert.Empty(channel.Failures);
        Assert.Equal(levels, claim.Point.Count);
        Assert.Equal(MultilinearPolynomial.Evaluate(tree.Numerators[^1], claim.Point.Coordinates), claim.Numerator);
        Assert.Equal(MultilinearPolynomial.Evaluate(tree.Denominators[^1], claim.Point.Coordinates), claim.Denominator);
    }

    [Fact]
    public void A_sum_that_is_not_zero_is_refused()
    {
        Tree tree = Balanced(4, excess: Fr.One);
        Assert.Equal(["lookup sum is not zero"], Verify(tree.Prove(), 4).Channel.Failures.Keys);
    }

    /// <summary>Two zero denominators make the root 0/0. All of the tree is true then; only the demand on the denominator stands in the way.</summary>
    [Theory]
    [InlineData(0, 1)]
    [InlineData(3, 12)]
    public void Zero_denominators_are_refused_by_that_check_alone(int first, int second)
    {
        Tree tree = Balanced(4, excess: Fr.One, zeros: [first, second]);
        (TracingChannel channel, LeafClaim<Fr> claim) = Verify(tree.Prove(), 4);
        Assert.Equal(["lookup denominator is zero"], channel.Failures.Keys);
        Assert.Equal(MultilinearPolynomial.Evaluate(tree.Denominators[^1], claim.Point.Coordinates), claim.Denominator);
    }

    [Fact]
    public void A_root_of_zeros_is_refused()
    {
        var zeros = new Fr[200];
        Assert.Contains("lookup denominator is zero", Verify(zeros, 4).Channel.Failures.Keys);
    }

    /// <summary>A level that does not follow from the one below it: the sum is put right there, and the lie shows in that level's check alone.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_level_that_does_not_follow_is_refused_by_its_own_check(int level)
    {
        Tree tree = Balanced(5, excess: Fr.One);
        tree.CorrectAbove(level);
        Assert.Equal([$"lookup level {level} does not follow from the level below"], Verify(tree.Prove(), 5).Channel.Failures.Keys);
    }

    [Fact]
    public void Every_changed_message_is_noticed()
    {
        Tree tree = Balanced(4);
        Fr[] honest = tree.Prove();
        for (int i = 0; i < honest.Length; i++)
        {
            Fr[] changed = [.. honest];
            changed[i] += Fr.One;
            (TracingChannel channel, LeafClaim<Fr> claim) = Verify(changed, 4);
            Assert.True(
                channel.Failures.Count > 0
                || claim.Numerator != MultilinearPolynomial.Evaluate(tree.Numerators[^1], claim.Point.Coordinates)
                || claim.Denominator != MultilinearPolynomial.Evaluate(tree.Denominators[^1], claim.Point.Coordinates));
        }
    }

    private static (TracingChannel Channel, LeafClaim<Fr> Claim) Verify(Fr[] messages, int levels)
    {
        var channel = new TracingChannel(Draw.Scalar(1), messages);
        return (channel, FractionTree.Reduce(channel, levels));
    }

    /// <summary>Random fractions, the last of which makes the sum <paramref name="excess"/>, unless denominators are zero.</summary>
    private static Tree Balanced(int levels, Fr excess = default, int[]? zeros = null)
    {
        Fr[] numerators = Draw.Scalars(1 << levels, 1);
        Fr[] denominators = Draw.Scalars(1 << levels, 2);
        foreach (int zero in zeros ?? [])
        {
            denominators[zero] = Fr.Zero;
        }

        Fr sum = Fr.Zero;
        for (int i = 0; i < numerators.Length - 1; i++)
        {
            sum += numerators[i] * denominators[i].Inverse();
        }

        numerators[^1] = (excess - sum) * denominators[^1];
        return new Tree(numerators, denominators);
    }

    /// <summary>All levels of a tree, from the root's children down.</summary>
    private sealed class Tree
    {
        public Tree(Fr[] numerators, Fr[] denominators)
        {
            while (true)
            {
                Numerators.Insert(0, numerators);
                Denominators.Insert(0, denominators);
                int half = numerators.Length / 2;
                if (half == 1)
                {
                    return;
                }

                (Fr[] n, Fr[] d) = (numerators, denominators);
                numerators = [.. Enumerable.Range(0, half).Select(i => (n[i] * d[i + half]) + (n[i + half] * d[i]))];
                denominators = [.. Enumerable.Range(0, half).Select(i => d[i] * d[i + half])];
            }
        }

        public List<Fr[]> Numerators { get; } = [];

        public List<Fr[]> Denominators { get; } = [];

        /// <summary>Makes the levels above <paramref name="level"/> those of a sum of zero.</summary>
        public void CorrectAbove(int level)
        {
            Fr[] numerators = [.. Numerators[level - 1]];
            Fr sum = Fr.Zero;
            for (int i = 1; i < numerators.Length; i++)
            {
                sum += numerators[i] * Denominators[level - 1][i].Inverse();
            }

            numerators[0] = -(sum * Denominators[level - 1][0]);
            var upper = new Tree(numerators, Denominators[level - 1]);
            for (int i = 0; i < level; i++)
            {
                (Numerators[i], Denominators[i]) = (upper.Numerators[i], upper.Denominators[i]);
            }
        }

        public Fr[] Prove()
        {
            var channel = new ProverChannel(Draw.Scalar(1));
            EvaluationPoint<Fr> point = Descend(channel, 0, default);
            (Fr n, Fr d) = Values(0, point);
            for (int level = 1; level < Numerators.Count; level++)
            {
                point = ProveLevel(channel, level, point, n, d);
                (n, d) = Values(level, point);
            }

            return [.. channel.Messages];
        }

        private (Fr Numerator, Fr Denominator) Values(int level, EvaluationPoint<Fr> point) => (
            MultilinearPolynomial.Evaluate(Numerators[level], point.Coordinates), MultilinearPolynomial.Evaluate(Denominators[level], point.Coordinates));

        private EvaluationPoint<Fr> ProveLevel(ProverChannel channel, int level, EvaluationPoint<Fr> claim, Fr n, Fr d)
        {
            Fr lambda = channel.Challenge();
            Fr value = n + (lambda * d);
            List<Fr> point = [];
            for (int round = 0; round < level; round++)
            {
                Fr atZero = Inner(level, lambda, claim, [.. point, Fr.Zero]);
                Fr atOne = Inner(level, lambda, claim, [.. point, Fr.One]);
                Fr atTwo = Inner(level, lambda, claim, [.. point, Fr.FromInt64(2)]);
                Fr quadratic = (atTwo - atOne - atOne + atZero) * Fr.FromInt64(2).Inverse();

                // The verifier takes the constant from (1 − r) g(0) + r g(1) = value; a liar's value need not agree, so the linear part takes up the rest.
                Fr linear = ((value - atZero) * claim[round].Inverse()) - quadratic;
                channel.Send(linear);
                channel.Send(quadratic);
                Fr r = channel.Challenge();
                point.Add(r);
                value = (((quadratic * r) + linear) * r) + atZero;
            }

            return Descend(channel, level, new EvaluationPoint<Fr>(point.ToArray()));
        }

        /// <summary><c>Σ_x eq(rest of the claim's point, x) h(point, x)</c> over the variables that the point leaves.</summary>
        private Fr Inner(int level, Fr lambda, EvaluationPoint<Fr> claim, Fr[] point)
        {
            int free = level - point.Length;
            Fr sum = Fr.Zero;
            for (int i = 0; i < 1 << free; i++)
            {
                int index = i;
                Fr[] full = [.. point, .. Enumerable.Range(0, free).Select(j => Fr.FromInt64((index >> (free - 1 - j)) & 1))];
                (Fr n0, Fr d0) = Values(level, new EvaluationPoint<Fr>(new[] { Fr.Zero }.Concat(full).ToArray()));
                (Fr n1, Fr d1) = Values(level, new EvaluationPoint<Fr>(new[] { Fr.One }.Concat(full).ToArray()));
                sum += Equality.AtIndex(claim.Suffix(free), i) * ((n0 * d1) + (n1 * d0) + (lambda * d0 * d1));
            }

            return sum;
        }

        private EvaluationPoint<Fr> Descend(ProverChannel channel, int level, EvaluationPoint<Fr> point)
        {
            EvaluationPoint<Fr> lower = EvaluationPoint<Fr>.Join(new EvaluationPoint<Fr>(new[] { Fr.Zero }), point);
            EvaluationPoint<Fr> upper = EvaluationPoint<Fr>.Join(new EvaluationPoint<Fr>(new[] { Fr.One }), point);
            (Fr n0, Fr d0) = Values(level, lower);
            (Fr n1, Fr d1) = Values(level, upper);
            foreach (Fr message in (Fr[])[n0, n1, d0, d1])
            {
                channel.Send(message);
            }

            return EvaluationPoint<Fr>.Join(new EvaluationPoint<Fr>(new[] { channel.Challenge() }), point);
        }
    }
}
