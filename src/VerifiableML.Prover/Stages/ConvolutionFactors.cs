using VerifiableML.Algebra;
using VerifiableML.Algebra.Vectors;
using VerifiableML.Circuits;
using VerifiableML.Circuits.Layout;
using VerifiableML.Circuits.Relations;
using VerifiableML.Model.Quantized;
using VerifiableML.Protocol.Claims;

namespace VerifiableML.Prover.Stages;

/// <summary>
/// The two factors of a convolution's contraction over (ky, kx, c): the weights folded over output channels, and the structured im2col matrix
/// folded over output cells. Neither ever costs a step for each multiply-accumulate.
/// </summary>
/// <param name="kernels">The field kernels.</param>
/// <param name="circuit">The circuit.</param>
/// <param name="relation">The convolution.</param>
/// <param name="point">The point of its output.</param>
internal sealed class ConvolutionFactors(IFieldKernels kernels, Circuit circuit, ConvolutionRelation relation, EvaluationPoint<Fr> point)
{
    private readonly int _channelBits = relation.InputLayout.ChannelBits;

    /// <summary><c>Σ_o eq(r, o) W[o, ky, kx, c]</c> from the preprocessed data whose rows are folded already.</summary>
    /// <param name="folded">The folded rows.</param>
    /// <param name="rowPoint">The point at which they were folded.</param>
    public FrVector Weights(FrVector folded, EvaluationPoint<Fr> rowPoint)
    {
        WeightSegment segment = circuit.Segments[relation.Weights];
        int used = segment.IsRowSplit ? Math.Min(segment.OutputBits, rowPoint.Count) : 0;

        // Folding multiplied rows that the segment does not use into it; see OweSegment.
        Fr scale = Equality.AtIndex(rowPoint.Prefix(rowPoint.Count - used), 0).Inverse();
        EvaluationPoint<Fr> output = relation.Layout.Channel(point);

        // Blocks are [output channels of a row][ky][kx] with the input channels lowest; a depthwise block has its multiplier lower still.
        EvaluationPoint<Fr> summed = relation.IsDepthwise ? output.Suffix(output.Count - _channelBits) : output.Prefix(output.Count - used);
        Fr[] weights = [.. Equality.Table(summed).Select(weight => weight * scale)];
        int taps = (relation.Rows.Kernel * relation.Columns.Kernel) << _channelBits;
        int length = segment.Blocks << segment.BlockBits;
        using FrVector compact = kernels.Rent(taps);
        kernels.FoldAxis(
            folded.Slice(segment.Offset, length), weights.AsSpan(0, length / taps), relation.IsDepthwise ? 1 : taps, compact.All);
        FrVector result = kernels.Rent(1 << relation.Variables, cleared: true);
        int row = relation.Columns.Kernel << _channelBits;
        for (int ky = 0; ky < relation.Rows.Kernel; ky++)
        {
            compact.Slice(ky * row, row).CopyTo(Row(result, ky));
        }

        return result;
    }

    /// <summary>
    /// <c>Σ_{b,y,x} eq(r, (b, y, x)) in[b, y·s + ky·d − p, x·s + kx·d − p, c]</c>: along x first, from the integers, then along y.
    /// </summary>
    public FrVector Input(ReadOnlyMemory<int> input)
    {
        Fr[][] xTables = Tables(relation.Columns, relation.Layout.X(point));
        Fr[][] yTables = Tables(relation.Rows, relation.Layout.Y(point));
        int rows = relation.Rows.InputSize;
        using FrVector alongX = AlongX(input, xTables, rows);
        FrVector result = kernels.Rent(1 << relation.Variables, cleared: true);
        for (int ky = 0; ky < relation.Rows.Kernel; ky++)
        {
            kernels.FoldAxis(alongX.All, yTables[ky], 1 << _channelBits, Row(result, ky));
        }

        return result;
    }

    /// <summary>For each kernel offset, which inputs the folded outputs read along one axis.</summary>
    private static Fr[][] Tables(AxisWindow window, EvaluationPoint<Fr> output)
    {
        Fr[] outputs = Equality.Table(output);
        var tables = new Fr[window.Kernel][];
        for (int k = 0; k < window.Kernel; k++)
        {
            tables[k] = new Fr[window.InputSize];
            for (int o = 0; o < window.OutputSize; o++)
            {
                int i = window.InputIndex(o, k);
                if (i >= 0)
                {
                    tables[k][i] += outputs[o];
                }
            }
        }

        return tables;
    }

    private FrVector AlongX(ReadOnlyMemory<int> input, Fr[][] xTables, int rows)
    {
        TensorLayout layout = relation.InputLayout;
        int channels = 1 << _channelBits;
        Fr[] batch = Equality.Table(relation.Layout.Batch(point));
        FrVector result = kernels.Rent((relation.Columns.Kernel * rows) << _channelBits);
        using IIntegerAccumulator accumulator = kernels.CreateAccumulator(result.Length);
        for (int kx = 0; kx < relation.Columns.Kernel; kx++)
        {
            for (int b = 0; b < batch.Length; b++)
            {
                for (int x = 0; x < relation.Columns.InputSize; x++)
                {
                    Fr coefficient = xTables[kx][x];
                    if (coefficient.IsZero)
                    {
                        continue;
                    }

                    coefficient *= batch[b];
                    for (int y = 0; y < rows; y++)
                    {
                        accumulator.Add(
                            ((kx * rows) + y) << _channelBits,
                            input.Slice((b << layout.CellBits) + layout.CellAddress(y, x, 0), channels), coefficient);
                    }
                }
            }
        }

        accumulator.ReduceTo(result.All);
        return result;
    }

    /// <summary>The kernel offsets (ky, 0 …) in a factor, whose rows of offsets are padded.</summary>
    private FrSlice Row(FrVector factor, int ky) =>
        factor.Slice((ky << relation.KernelXBits) << _channelBits, relation.Columns.Kernel << _channelBits);
}
