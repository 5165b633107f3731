using VerifiableML.Algebra;
using VerifiableML.Protocol.Claims;
using VerifiableML.Protocol.Sumcheck;
using VerifiableML.Protocol.Transcript;

namespace VerifiableML.Protocol.Lookups;

/// <summary>What the fraction tree leaves owed: the values of the leaf numerators and denominators at one point.</summary>
/// <typeparam name="T">The scalar.</typeparam>
/// <param name="Point">The point, one coordinate for each level of the tree.</param>
/// <param name="Numerator">Claimed value of the multilinear extension of all leaf numerators.</param>
/// <param name="Denominator">Claimed value of the multilinear extension of all leaf denominators.</param>
public readonly record struct LeafClaim<T>(EvaluationPoint<T> Point, T Numerator, T Denominator)
    where T : struct, IScalar<T>;

/// <summary>
/// Proves <c>Σ n_i / d_i = 0</c> over <c>2^levels</c> leaves by GKR (Papini and Haböck, eprint 2023/1284). Level k holds
/// <c>n(x) = n'(0,x) d'(1,x) + n'(1,x) d'(0,x)</c> and <c>d(x) = d'(0,x) d'(1,x)</c> of the level below it. No inverse is committed.
/// </summary>
public static class FractionTree
{
    /// <summary>
    /// Reduces the statement to a claim on the leaves. Demands that the sum's numerator is zero <b>and</b> its denominator is not: a zero
    /// denominator would make any numerator meaningless.
    /// </summary>
    /// <param name="channel">The verifier's channel.</param>
    /// <param name="levels">Logarithm of the number of leaves, at least 1.</param>
    public static LeafClaim<T> Reduce<T>(VerifierChannel<T> channel, int levels)
        where T : struct, IScalar<T>
    {
        Children<T> root = Receive(channel, 0);
        channel.RequireZero((root.Numerator0 * root.Denominator1) + (root.Numerator1 * root.Denominator0), "lookup sum is not zero");
        channel.RequireNonZero(root.Denominator0 * root.Denominator1, "lookup denominator is zero");
        LeafClaim<T> claim = Descend(channel, root, new EvaluationPoint<T>(Array.Empty<T>()));
        for (int level = 1; level < levels; level++)
        {
            claim = ReduceLevel(channel, claim, level);
        }

        return claim;
    }

    /// <summary>
    /// One level: <c>n + λ d = Σ_x eq(r, x) (n'_0 d'_1 + n'_1 d'_0 + λ d'_0 d'_1)(x)</c>. The factor of <c>eq</c> in the round's variable is known
    /// to both sides (Gruen, eprint 2024/108), so a round sends only the quadratic that is left: its two upper coefficients. The constant
    /// follows from <c>(1 − r_j) g(0) + r_j g(1) = value</c>.
    /// </summary>
    private static LeafClaim<T> ReduceLevel<T>(VerifierChannel<T> channel, LeafClaim<T> claim, int level)
        where T : struct, IScalar<T>
    {
        T lambda = channel.Challenge();
        T value = claim.Numerator + (lambda * claim.Denominator);
        var point = new T[level];
        for (int j = 0; j < level; j++)
        {
            T linear = channel.Receive($"lookup level {level} round {j}, X");
            T quadratic = channel.Receive($"lookup level {level} round {j}, X^2");
            T constant = value - (claim.Point[j] * (linear + quadratic));
            point[j] = channel.Challenge();
            value = (((quadratic * point[j]) + linear) * point[j]) + constant;
        }

        Children<T> children = Receive(channel, level);
        T combined = (children.Numerator0 * children.Denominator1)
            + (children.Denominator0 * (children.Numerator1 + (lambda * children.Denominator1)));
        channel.RequireEqual(value, combined, $"lookup level {level} does not follow from the level below");
        return Descend(channel, children, new EvaluationPoint<T>(point));
    }

    private static Children<T> Receive<T>(VerifierChannel<T> channel, int level)
        where T : struct, IScalar<T> => new(
            channel.Receive($"lookup level {level}, n0"),
            channel.Receive($"lookup level {level}, n1"),
            channel.Receive($"lookup level {level}, d0"),
            channel.Receive($"lookup level {level}, d1"));

    private static LeafClaim<T> Descend<T>(VerifierChannel<T> channel, Children<T> children, EvaluationPoint<T> point)
        where T : struct, IScalar<T>
    {
        T beta = channel.Challenge();
        return new LeafClaim<T>(
            EvaluationPoint<T>.Join(new EvaluationPoint<T>(new[] { beta }), point),
            children.Numerator0 + (beta * (children.Numerator1 - children.Numerator0)),
            children.Denominator0 + (beta * (children.Denominator1 - children.Denominator0)));
    }

    private readonly record struct Children<T>(T Numerator0, T Numerator1, T Denominator0, T Denominator1)
        where T : struct, IScalar<T>;
}
