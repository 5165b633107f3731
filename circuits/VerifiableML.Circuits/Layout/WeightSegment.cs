using System.Collections.Immutable;

namespace VerifiableML.Circuits.Layout;

/// <summary>
/// A run of columns in the matrix of preprocessed data (weights, biases, coefficients). It is cut into blocks of <c>2^BlockBits</c> columns,
/// numbered by <see cref="BlockAxes"/> in row-major order without padding, so that 3×3 kernels take nine blocks and not sixteen.
/// </summary>
/// <remarks>
/// The rows of the matrix are the low bits of the output channel when <see cref="IsRowSplit"/>: all layers then fold their rows at
/// the same coordinates of the lookup point, in one pass over all weights that the opening uses as well. Otherwise the data stand in row 0.
/// </remarks>
/// <param name="Name">What it holds.</param>
/// <param name="Node">The node whose data these are.</param>
/// <param name="Content">Which of the node's data.</param>
/// <param name="OutputBits">Bits of the output channel axis, when split by rows.</param>
/// <param name="IsRowSplit">Whether output channels are spread over the rows.</param>
/// <param name="BlockAxes">Extents of the axes that number the blocks, most significant first.</param>
/// <param name="BlockBits">Logarithm of a block's columns.</param>
public sealed record WeightSegment(
    string Name, int Node, SegmentContent Content, int OutputBits, bool IsRowSplit, ImmutableArray<int> BlockAxes, int BlockBits)
{
    /// <summary>Its position among the segments of the circuit.</summary>
    public int Index { get; init; }

    /// <summary>Its first column; a multiple of the block's length.</summary>
    public int Offset { get; init; }

    /// <summary>Number of blocks.</summary>
    public int Blocks => BlockAxes.Aggregate(1, (product, extent) => product * extent);

    /// <summary>Number of columns.</summary>
    public long Columns => (long)Blocks << BlockBits;
}

/// <summary>Which data of a node a segment holds.</summary>
public enum SegmentContent
{
    /// <summary>Kernel weights.</summary>
    Weights,

    /// <summary>Biases, in units of the accumulator.</summary>
    Bias,

    /// <summary>The coefficients of a weighted sum's terms, one column each.</summary>
    Coefficients,
}
