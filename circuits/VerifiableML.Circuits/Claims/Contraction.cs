using VerifiableML.Algebra;
using VerifiableML.Protocol.Claims;

namespace VerifiableML.Circuits.Claims;

/// <summary>
/// A sum of products <c>Σ_x f(x) g(x)</c> or <c>Σ_x eq(w, x) f(x) g(x)</c> that a relation states for its accumulators at the lookup point
/// (Thaler 2013), still to be reduced by the contraction sumcheck.
/// </summary>
/// <typeparam name="T">The scalar.</typeparam>
/// <param name="Node">The node whose relation states it.</param>
/// <param name="Variables">Number of variables.</param>
/// <param name="Value">The claimed sum.</param>
/// <param name="Weight">The point w, over a suffix of the variables, or null where there is no equality factor.</param>
public abstract record Contraction<T>(int Node, int Variables, T Value, EvaluationPoint<T>? Weight)
    where T : struct, IScalar<T>
{
    /// <summary>Takes the factors' values at the reduced point, states the claims that follow, and returns the product.</summary>
    /// <param name="protocol">The running protocol.</param>
    /// <param name="factors">Values of f and g.</param>
    /// <param name="point">The reduced point.</param>
    public abstract void Discharge(InferenceProtocol<T> protocol, (T Left, T Right) factors, EvaluationPoint<T> point);
}
