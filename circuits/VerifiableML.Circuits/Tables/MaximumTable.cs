using VerifiableML.Algebra;
using VerifiableML.Protocol.Claims;

namespace VerifiableML.Circuits.Tables;

/// <summary>
/// The pairs <c>(d, max(d, 0))</c> for <c>−2^(Bits−1) ≤ d &lt; 2^(Bits−1)</c>. <c>max(a, b) = b + max(a − b, 0)</c>, so one lookup proves the greater of two
/// committed numbers, and no product is needed.
/// </summary>
/// <param name="Bits">Width of the differences.</param>
public sealed record MaximumTable(int Bits) : LookupTable(Bits)
{
    /// <inheritdoc/>
    public override string Name => $"maximum {Bits}";

    /// <inheritdoc/>
    public override int FirstKey => -(1 << (Bits - 1));

    /// <inheritdoc/>
    public override int Value(int key) => Math.Max(key, 0);

    /// <inheritdoc/>
    /// <remarks>Row i is the difference i − 2^(Bits−1): the top bit says that it is not negative, the other bits are then its value.</remarks>
    public override T ValueAt<T>(EvaluationPoint<T> point) => point[0] * Equality.Identity(point.Suffix(Bits - 1));
}
