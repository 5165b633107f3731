using System.Numerics;
using VerifiableML.Algebra;
using VerifiableML.Algebra.Groups;
using VerifiableML.Algebra.Vectors;
using VerifiableML.Circuits;
using VerifiableML.Circuits.Layout;
using VerifiableML.Model.Quantized;
using VerifiableML.Protocol.Claims;

namespace VerifiableML.Prover.Keys;

/// <summary>
/// The model's data as the matrix that is committed: output channels over the rows, the rest over the columns. It is never stored as such; weights
/// stay where the model has them and are visited run by run.
/// </summary>
/// <param name="circuit">The circuit.</param>
/// <param name="model">The model with its data.</param>
public sealed class WeightMatrix(Circuit circuit, QuantizedModel model)
{
    private readonly int _rows = 1 << circuit.Layout.WeightRowBits;

    /// <summary>A piece of one row: integers that stand next to each other in the model and in the matrix.</summary>
    private delegate void Run(int row, int column, ReadOnlyMemory<int> values);

    /// <summary>A single entry that may be wider than 32 bits.</summary>
    private delegate void Entry(int row, int column, long value);

    /// <summary>Commits to every row.</summary>
    public G1[] Commit(G1Bases powers, IProgress<double>? progress = null)
    {
        int columns = 1 << circuit.Layout.ColumnBits;
        var commitments = new G1[_rows];
        var row = new long[columns];
        for (int r = 0; r < _rows; r++)
        {
            Array.Clear(row);
            Visit(r, (_, column, values) => Widen(values.Span, row.AsSpan(column)), (_, column, value) => row[column] = value);
            commitments[r] = MultiScalarMultiplication.ComputeSmall(powers, (ReadOnlySpan<long>)row);
            progress?.Report((r + 1.0) / _rows);
        }

        return commitments;
    }

    /// <summary>Folds the rows at a point: <c>Σ_row eq(point, row) · row</c>, one field element for each column.</summary>
    public FrVector Fold(IFieldKernels kernels, EvaluationPoint<Fr> point)
    {
        Fr[] weights = Equality.Table(point);
        int columns = 1 << circuit.Layout.ColumnBits;
        FrVector folded = kernels.Rent(columns);
        var wide = new Dictionary<int, Fr>();
        using (IIntegerAccumulator accumulator = kernels.CreateAccumulator(columns))
        {
            for (int r = 0; r < _rows; r++)
            {
                Visit(
                    r, (row, column, values) => accumulator.Add(column, values, weights[row]),
                    (row, column, value) =>
                        wide[column] = wide.GetValueOrDefault(column) + (weights[row] * Fr.FromInt64(value)));
            }

            accumulator.ReduceTo(folded.All);
        }

        kernels.AddAt([.. wide.Keys], [.. wide.Values], folded.All);
        return folded;
    }

    private static void Widen(ReadOnlySpan<int> values, Span<long> destination)
    {
        for (int i = 0; i < values.Length; i++)
        {
            destination[i] = values[i];
        }
    }

    private void Visit(int row, Run run, Entry entry)
    {
        foreach (WeightSegment segment in circuit.Segments)
        {
            var node = (AccumulatingNode)model.Nodes[segment.Node];
            switch (segment.Content)
            {
                case SegmentContent.Weights when segment.IsRowSplit:
                    VisitDense(segment, (ConvolutionNode)node, row, run);
                    break;
                case SegmentContent.Weights when row == 0:
                    VisitDepthwise(segment, (ConvolutionNode)node, run);
                    break;
                case SegmentContent.Bias:
                    for (int o = row; o < node.Bias.Length; o += _rows)
                    {
                        entry(row, segment.Offset + (o / _rows), node.Bias[o]);
                    }

                    break;
                case SegmentContent.Coefficients when row == 0:
                    var terms = ((WeightedSumNode)node).Terms;
                    for (int j = 0; j < terms.Length; j++)
                    {
                        entry(0, segment.Offset + j, terms[j].Coefficient);
                    }

                    break;
            }
        }
    }

    /// <summary>Kernels <c>[o][ky][kx][c]</c>: output channel o is in row o mod rows; its channels fill the low bits of a block.</summary>
    private void VisitDense(WeightSegment segment, ConvolutionNode node, int row, Run run)
    {
        int offsets = node.Rows.Kernel * node.Columns.Kernel;
        int channels = model.Tensor(node.Input).Shape.Channels;
        bool contiguous = BitOperations.IsPow2(channels);
        for (int o = row; o < node.Output.Shape.Channels; o += _rows)
        {
            ReadOnlyMemory<int> kernel = node.Weights.AsMemory(o * offsets * channels, offsets * channels);
            int first = segment.Offset + (((o / _rows) * offsets) << segment.BlockBits);
            if (contiguous)
            {
                run(row, first, kernel);
                continue;
            }

            for (int k = 0; k < offsets; k++)
            {
                run(row, first + (k << segment.BlockBits), kernel.Slice(k * channels, channels));
            }
        }
    }

    /// <summary>Kernels <c>[o][ky][kx]</c>, transposed so that the output channel is the lowest axis.</summary>
    private static void VisitDepthwise(WeightSegment segment, ConvolutionNode node, Run run)
    {
        int offsets = node.Rows.Kernel * node.Columns.Kernel;
        for (int k = 0; k < offsets; k++)
        {
            var block = new int[node.Output.Shape.Channels];
            for (int o = 0; o < block.Length; o++)
            {
                block[o] = node.Weights[(o * offsets) + k];
            }

            run(0, segment.Offset + (k << segment.BlockBits), block);
        }
    }
}
