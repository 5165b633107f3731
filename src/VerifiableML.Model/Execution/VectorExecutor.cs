using System.Diagnostics;
using System.Runtime.CompilerServices;
using VerifiableML.Model.Execution.Reference;
using VerifiableML.Model.Execution.Vectorized;
using VerifiableML.Model.Quantized;

namespace VerifiableML.Model.Execution;

/// <summary>
/// The fast executor: every node over vectors and over all cores, equal to <see cref="ReferenceExecutor"/> bit for bit. Sums of products are
/// taken in double precision, which is exact in any order while no partial sum can reach 2^53; where a node's weights do not show
/// that, its scalar operator runs instead.
/// </summary>
/// <param name="threads">Number of threads, or 0 for one a core.</param>
/// <param name="nodeRan">Told of each node's index and time, or null.</param>
public sealed class VectorExecutor(int threads = 0, Action<int, TimeSpan>? nodeRan = null) : IIntegerExecutor
{
    private static readonly ConditionalWeakTable<ConvolutionNode, PreparedConvolution> Prepared = [];

    private readonly ParallelOptions _parallel = new() { MaxDegreeOfParallelism = threads > 0 ? threads : Environment.ProcessorCount };

    /// <inheritdoc/>
    public ExecutionTrace Execute(QuantizedModel model, ReadOnlySpan<int> input, int batchSize)
    {
        ExecutorInput.Check(model, input, batchSize);
        var values = new int[model.Nodes.Length + 1][];
        var accumulators = new long[]?[model.Nodes.Length];
        values[0] = input.ToArray();
        for (int i = 0; i < model.Nodes.Length; i++)
        {
            long start = Stopwatch.GetTimestamp();
            values[i + 1] = GC.AllocateUninitializedArray<int>(checked(batchSize * model.Nodes[i].Output.Shape.Cells));
            accumulators[i] = Run(model, model.Nodes[i], values, values[i + 1], batchSize);
            nodeRan?.Invoke(i, Stopwatch.GetElapsedTime(start));
        }

        return new ExecutionTrace(model, batchSize, [.. values], [.. accumulators]);
    }

    private long[]? Run(QuantizedModel model, QuantizedNode node, int[][] values, int[] output, int batchSize)
    {
        if (node is MaxPoolNode pool)
        {
            VectorMaxPool.Run(pool, model.Tensor(pool.Input).Shape, values[pool.Input], output, batchSize, _parallel);
            return null;
        }

        var accumulating = (AccumulatingNode)node;
        var sink = new AccumulatorSink(accumulating, output);
        switch (accumulating)
        {
            case ConvolutionNode convolution:
                Convolve(convolution, model.Tensor(convolution.Input), values[convolution.Input], sink, batchSize);
                break;
            case WeightedSumNode sum:
                VectorWeightedSum.Run(sum, model, values, sink, batchSize, _parallel);
                break;
            case ProductNode product:
                sink.Write(0, ProductOperator.Accumulate(values[product.Left], values[product.Right]));
                break;
            default:
                throw new NotSupportedException($"node '{node.Name}' of type {node.GetType().Name}");
        }

        return sink.Accumulators;
    }

    private void Convolve(ConvolutionNode node, QuantizedTensor input, int[] values, AccumulatorSink sink, int batchSize)
    {
        PreparedConvolution prepared = Prepared.GetValue(node, PreparedConvolution.Of);
        if (!prepared.IsExactInDoubles(input))
        {
            sink.Write(0, ConvolutionOperator.Accumulate(node, input.Shape, values, batchSize));
            return;
        }

        if (node.Groups == 1)
        {
            VectorConvolution.Run(node, input.Shape, values, sink, batchSize, _parallel);
        }
        else
        {
            VectorDepthwise.Run(node, prepared, input.Shape, values, sink, batchSize, _parallel);
        }
    }
}
