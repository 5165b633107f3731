using System.Collections.Immutable;
using VerifiableML.Model.Execution.Reference;
using VerifiableML.Model.Quantized;

namespace VerifiableML.Model.Execution;

/// <summary>
/// The definition of what a model computes: scalar loops that follow the formulas of the node types one to one. Every other
/// executor, and every circuit, must agree with it bit for bit.
/// </summary>
public sealed class ReferenceExecutor : IIntegerExecutor
{
    /// <inheritdoc/>
    public ExecutionTrace Execute(QuantizedModel model, ReadOnlySpan<int> input, int batchSize)
    {
        ExecutorInput.Check(model, input, batchSize);
        var values = new int[model.Nodes.Length + 1][];
        var accumulators = new long[]?[model.Nodes.Length];
        values[0] = input.ToArray();
        for (int i = 0; i < model.Nodes.Length; i++)
        {
            (values[i + 1], accumulators[i]) = Run(model, model.Nodes[i], values, batchSize);
        }

        return new ExecutionTrace(model, batchSize, [.. values], [.. accumulators]);
    }

    private static (int[] Output, long[]? Accumulators) Run(QuantizedModel model, QuantizedNode node, int[][] values, int batchSize)
    {
        if (node is MaxPoolNode pool)
        {
            return (MaxPoolOperator.Run(pool, model.Tensor(pool.Input).Shape, values[pool.Input], batchSize), null);
        }

        var accumulating = (AccumulatingNode)node;
        long[] accumulators = accumulating switch
        {
            ConvolutionNode convolution =>
                ConvolutionOperator.Accumulate(convolution, model.Tensor(convolution.Input).Shape, values[convolution.Input], batchSize),
            WeightedSumNode sum => WeightedSumOperator.Accumulate(sum, model, values, batchSize),
            ProductNode product => ProductOperator.Accumulate(values[product.Left], values[product.Right]),
            _ => throw new NotSupportedException($"node '{node.Name}' of type {node.GetType().Name}"),
        };
        return accumulating.Requantization is { } requantization
            ? (RequantizationOperator.Apply(requantization, accumulators), accumulators)
            : (Array.ConvertAll(accumulators, accumulator => checked((int)accumulator)), null);
    }
}
