using VerifiableML.Algebra;
using VerifiableML.Circuits.Layout;
using VerifiableML.Model.Quantized;
using VerifiableML.Protocol.Claims;

namespace VerifiableML.Circuits.Claims;

/// <summary>
/// All padded cells of a column are zero: <c>Σ_{padded i} column(i) · Base^i = 0</c>, i the padded address.
/// </summary>
/// <typeparam name="T">The scalar.</typeparam>
/// <param name="Column">The column.</param>
/// <param name="Shape">Extents of one batch entry.</param>
/// <param name="Layout">The column's layout.</param>
/// <param name="Base">The base of the powers.</param>
public sealed record PaddingClaim<T>(Column Column, TensorShape Shape, TensorLayout Layout, T Base) : ColumnClaim<T>(Column, T.Zero)
    where T : struct, IScalar<T>
{
    /// <inheritdoc/>
    /// <remarks>The powers over all cells less those over live cells; both are products over the axes. Every batch entry is live.</remarks>
    public override T KernelAt(EvaluationPoint<T> point)
    {
        T channelStep = Base;
        T xStep = Powers.Of(channelStep, 1 << Layout.ChannelBits);
        T yStep = Powers.Of(xStep, 1 << Layout.XBits);
        T batchStep = Powers.Of(yStep, 1 << Layout.YBits);
        T live = Powers.Below(Layout.Y(point), yStep, Shape.Rows)
            * Powers.Below(Layout.X(point), xStep, Shape.Columns)
            * Powers.Below(Layout.Channel(point), channelStep, Shape.Channels);
        T all = Powers.All(Layout.Y(point), yStep) * Powers.All(Layout.X(point), xStep) * Powers.All(Layout.Channel(point), channelStep);
        return Powers.All(Layout.Batch(point), batchStep) * (all - live);
    }
}
