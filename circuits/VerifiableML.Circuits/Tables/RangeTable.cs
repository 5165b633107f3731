using VerifiableML.Algebra;
using VerifiableML.Protocol.Claims;

namespace VerifiableML.Circuits.Tables;

/// <summary>The integers <c>0 … 2^Bits − 1</c>, all with value 0: what limbs and inputs are checked against.</summary>
/// <param name="Bits">Width of the range.</param>
public sealed record RangeTable(int Bits) : LookupTable(Bits)
{
    /// <inheritdoc/>
    public override string Name => $"range {Bits}";

    /// <inheritdoc/>
    public override int FirstKey => 0;

    /// <inheritdoc/>
    public override int Value(int key) => 0;

    /// <inheritdoc/>
    public override T ValueAt<T>(EvaluationPoint<T> point) => T.Zero;
}
