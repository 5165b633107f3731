using VerifiableML.Algebra;
using VerifiableML.Protocol.Claims;

namespace VerifiableML.Circuits.Tables;

/// <summary>
/// A table of pairs (key, value) that lookups are proven against. Tables are part of the circuit and of its digest, and the verifier evaluates
/// them itself: a table cannot lie, and nobody has to have committed to it.
/// </summary>
/// <param name="Bits">Logarithm of the number of rows.</param>
public abstract record LookupTable(int Bits)
{
    /// <summary>A name for reports.</summary>
    public abstract string Name { get; }

    /// <summary>The key that row 0 has; row i has the key <c>FirstKey + i</c>.</summary>
    public abstract int FirstKey { get; }

    /// <summary>The value of the row with <paramref name="key"/>.</summary>
    public abstract int Value(int key);

    /// <summary>The multilinear extension of the keys.</summary>
    public T KeyAt<T>(EvaluationPoint<T> point)
        where T : struct, IScalar<T> => Equality.Identity(point) + ScalarConstants.Integer<T>(FirstKey);

    /// <summary>The multilinear extension of the values.</summary>
    public abstract T ValueAt<T>(EvaluationPoint<T> point)
        where T : struct, IScalar<T>;
}
