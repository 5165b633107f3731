using VerifiableML.Algebra;
using VerifiableML.Circuits.Layout;
using VerifiableML.Protocol.Claims;

namespace VerifiableML.Circuits.Claims;

/// <summary>
/// A claim on one committed column, <c>Σ_i column(i) · kernel(i) = Value</c>, owed until the claims are reduced to one point and that
/// point is opened.
/// </summary>
/// <typeparam name="T">The scalar.</typeparam>
/// <param name="Column">The column.</param>
/// <param name="Value">The claimed sum.</param>
public abstract record ColumnClaim<T>(Column Column, T Value)
    where T : struct, IScalar<T>
{
    /// <summary>The multilinear extension of the kernel at a point of the column's variables.</summary>
    public abstract T KernelAt(EvaluationPoint<T> point);
}

/// <summary>The column's multilinear extension at <paramref name="Point"/>; the kernel is <c>eq(Point, ·)</c>.</summary>
/// <typeparam name="T">The scalar.</typeparam>
/// <param name="Column">The column.</param>
/// <param name="Point">The point.</param>
/// <param name="Value">The claimed value.</param>
public sealed record EvaluationClaim<T>(Column Column, EvaluationPoint<T> Point, T Value) : ColumnClaim<T>(Column, Value)
    where T : struct, IScalar<T>
{
    /// <summary>Whether the point is the column's suffix of the lookup point, which it then shares with all columns of its length.</summary>
    public bool IsAtLookupPoint { get; init; }

    /// <inheritdoc/>
    public override T KernelAt(EvaluationPoint<T> point) => Equality.Evaluate(Point, point);
}
