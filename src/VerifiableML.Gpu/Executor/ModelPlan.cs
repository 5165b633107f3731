using ILGPU;
using ILGPU.Runtime;
using VerifiableML.Gpu.Executor.Kernels;
using VerifiableML.Model.Quantized;

namespace VerifiableML.Gpu.Executor;

/// <summary>A model on a device: its kernels chosen, its weights, tables and geometry uploaded.</summary>
internal sealed class ModelPlan : IDisposable
{
    private readonly MemoryBuffer1D<int, Stride1D.Dense> _words;
    private readonly MemoryBuffer1D<long, Stride1D.Dense> _longs;

    private ModelPlan(Accelerator accelerator, NodePlan[] nodes, int[] words, long[] longs)
    {
        Nodes = nodes;
        _words = accelerator.Allocate1D(words);
        _longs = accelerator.Allocate1D(longs);
    }

    /// <summary>The nodes in order.</summary>
    public IReadOnlyList<NodePlan> Nodes { get; }

    /// <summary>The uploaded constants.</summary>
    public Constants Constants => new(_words.View, _longs.View);

    /// <summary>Their bytes.</summary>
    public long Bytes => _words.LengthInBytes + _longs.LengthInBytes;

    /// <summary>Prepares <paramref name="model"/>.</summary>
    public static ModelPlan Create(Accelerator accelerator, QuantizedModel model)
    {
        var constants = new ConstantsBuilder();
        var nodes = new NodePlan[model.Nodes.Length];
        int sumInputs = 0;
        for (int i = 0; i < nodes.Length; i++)
        {
            NodePlan plan = Plan(model, model.Nodes[i], constants, sumInputs);
            sumInputs += (plan as WeightedSumPlan)?.Sum.Terms.Length ?? 0;
            nodes[i] = model.Nodes[i] is AccumulatingNode accumulating
                ? plan with { Sink = SinkOf(accumulating, constants), AccumulatorWidth = accumulating.Requantization is null ? 0 : plan.AccumulatorWidth }
                : plan;
        }

        (int[] words, long[] longs) = constants.Build();
        return new ModelPlan(accelerator, nodes, words, longs);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _words.Dispose();
        _longs.Dispose();
    }

    private static NodePlan Plan(QuantizedModel model, QuantizedNode node, ConstantsBuilder constants, int sumInputs) => node switch
    {
        ConvolutionNode convolution => ConvolutionPlanner.Plan(convolution, model.Tensor(convolution.Input), constants),
        WeightedSumNode sum => WeightedSumPlanner.Plan(sum, model, constants, sumInputs),
        ProductNode product => new ProductPlan(product, CellWidth.Of(product.Output), CellWidth.OfAccumulator(product)),
        MaxPoolNode pool => new MaxPoolPlan(
            pool, CellWidth.Of(pool.Output), ConvolutionPlanner.WindowOf(pool.Rows, pool.Columns, model.Tensor(pool.Input).Shape, pool.Output.Shape)),
        _ => throw new NotSupportedException($"node '{node.Name}' of type {node.GetType().Name}"),
    };

    private static AccumulatorSink SinkOf(AccumulatingNode node, ConstantsBuilder constants)
    {
        int bias = node.Bias.IsEmpty ? -1 : constants.Add(node.Bias.AsSpan());
        if (node.Requantization is not { } requantization)
        {
            return new AccumulatorSink(default, default, bias, -1, 0, 0, 0, 0);
        }

        ActivationTable table = requantization.Table;
        return new AccumulatorSink(
            default, default, bias, constants.AddOnce(table, () => [.. table.Values]), table.First, table.Values.Length - 1,
            requantization.Shift, requantization.Half);
    }
}
