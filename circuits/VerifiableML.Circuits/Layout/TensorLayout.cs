using VerifiableML.Algebra;
using VerifiableML.Model.Quantized;
using VerifiableML.Protocol.Claims;

namespace VerifiableML.Circuits.Layout;

/// <summary>
/// Where the cells of an activation tensor stand in its committed column: batch, y, x, channel, each axis padded to a power of two, channel in
/// the lowest bits. Every padded cell holds zero. A point for the column is the concatenation of one point for each axis.
/// </summary>
/// <param name="BatchBits">Bits of the batch axis.</param>
/// <param name="YBits">Bits of the vertical axis.</param>
/// <param name="XBits">Bits of the horizontal axis.</param>
/// <param name="ChannelBits">Bits of the channel axis.</param>
public readonly record struct TensorLayout(int BatchBits, int YBits, int XBits, int ChannelBits)
{
    /// <summary>Bits of the whole column.</summary>
    public int Bits => BatchBits + YBits + XBits + ChannelBits;

    /// <summary>Bits of one batch entry.</summary>
    public int CellBits => YBits + XBits + ChannelBits;

    /// <summary>The layout of a batch of tensors of <paramref name="shape"/>.</summary>
    public static TensorLayout Of(TensorShape shape, int batchSize) =>
        new(BitsFor(batchSize), BitsFor(shape.Rows), BitsFor(shape.Columns), BitsFor(shape.Channels));

    /// <summary>The number of bits that index <paramref name="count"/> things.</summary>
    public static int BitsFor(long count) => count <= 1 ? 0 : 64 - System.Numerics.BitOperations.LeadingZeroCount((ulong)(count - 1));

    /// <summary>The padded address of a cell within one batch entry.</summary>
    public int CellAddress(int y, int x, int channel) => (((y << XBits) | x) << ChannelBits) | channel;

    /// <summary>The padded address of cell <paramref name="cell"/> of a tensor of <paramref name="shape"/>, counted without padding.</summary>
    public int CellAddress(TensorShape shape, int cell) =>
        CellAddress(cell / shape.Channels / shape.Columns, cell / shape.Channels % shape.Columns, cell % shape.Channels);

    /// <summary>The batch coordinates of a point of this layout.</summary>
    public EvaluationPoint<T> Batch<T>(EvaluationPoint<T> point)
        where T : struct, IScalar<T> => point.Slice(0, BatchBits);

    /// <summary>The vertical coordinates of a point of this layout.</summary>
    public EvaluationPoint<T> Y<T>(EvaluationPoint<T> point)
        where T : struct, IScalar<T> => point.Slice(BatchBits, YBits);

    /// <summary>The horizontal coordinates of a point of this layout.</summary>
    public EvaluationPoint<T> X<T>(EvaluationPoint<T> point)
        where T : struct, IScalar<T> => point.Slice(BatchBits + YBits, XBits);

    /// <summary>The channel coordinates of a point of this layout.</summary>
    public EvaluationPoint<T> Channel<T>(EvaluationPoint<T> point)
        where T : struct, IScalar<T> => point.Suffix(ChannelBits);
}
