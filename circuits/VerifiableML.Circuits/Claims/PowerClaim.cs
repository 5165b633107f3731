using VerifiableML.Algebra;
using VerifiableML.Circuits.Layout;
using VerifiableML.Model.Quantized;
using VerifiableML.Protocol.Claims;

namespace VerifiableML.Circuits.Claims;

/// <summary>
/// The column's live cells as coefficients of a univariate polynomial: <c>Σ column(b, y, x, c) · Base^(((b·Rows + y)·Columns + x)·Channels + c) = Value</c>.
/// This is how public values enter: whoever knows them computes the sum by Horner's rule, without knowing of any padding.
/// </summary>
/// <remarks>
/// The sum runs over padded cells too, whose exponents coincide with those of live ones: the claim says something only where padded cells are zero, as
/// <see cref="PaddingClaim{T}"/> demands. In return its kernel is a product over the bits of all coordinates.
/// </remarks>
/// <typeparam name="T">The scalar.</typeparam>
/// <param name="Column">The column.</param>
/// <param name="Shape">Extents of one batch entry.</param>
/// <param name="Layout">The column's layout.</param>
/// <param name="Base">The base of the powers.</param>
/// <param name="Value">The claimed value.</param>
public sealed record PowerClaim<T>(Column Column, TensorShape Shape, TensorLayout Layout, T Base, T Value) : ColumnClaim<T>(Column, Value)
    where T : struct, IScalar<T>
{
    /// <inheritdoc/>
    public override T KernelAt(EvaluationPoint<T> point)
    {
        T xStep = Powers.Of(Base, Shape.Channels);
        T yStep = Powers.Of(xStep, Shape.Columns);
        T batchStep = Powers.Of(yStep, Shape.Rows);
        return Powers.All(Layout.Batch(point), batchStep) * Powers.All(Layout.Y(point), yStep)
            * Powers.All(Layout.X(point), xStep) * Powers.All(Layout.Channel(point), Base);
    }
}
