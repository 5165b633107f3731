using VerifiableML.Algebra;

namespace VerifiableML.Protocol.Sumcheck;

/// <summary>The statement <c>Σ_{x ∈ {0,1}^Variables} f(x) = Value</c>, still to be reduced.</summary>
/// <typeparam name="T">The scalar.</typeparam>
/// <param name="Variables">Number of variables summed over.</param>
/// <param name="Value">The claimed sum.</param>
public readonly record struct SumcheckClaim<T>(int Variables, T Value)
    where T : struct, IScalar<T>;

/// <summary>What is left of a batch of sumchecks: the instances' polynomials, weighted, must take <paramref name="Value"/> at the point.</summary>
/// <typeparam name="T">The scalar.</typeparam>
/// <param name="Point">The challenges; an instance in fewer variables lives at a suffix.</param>
/// <param name="Value">Σ weight · polynomial at its suffix.</param>
/// <param name="Weights">The weight of each instance, in order.</param>
public readonly record struct ReducedBatch<T>(Claims.EvaluationPoint<T> Point, T Value, T[] Weights)
    where T : struct, IScalar<T>;
