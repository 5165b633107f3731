using System.Collections.Immutable;
using VerifiableML.Model.Onnx;
using VerifiableML.Model.Onnx.Operators;
using VerifiableML.Model.Quantized;

namespace VerifiableML.Model.Quantization.Lowering;

/// <summary>MaxPool; and averages, which are weighted sums with a map for each axis.</summary>
internal static class PoolingLowering
{
    /// <summary>Lowers MaxPool.</summary>
    public static void LowerMaximum(LoweringState state, OnnxNode node)
    {
        TensorView view = state.ArrangeImage(state.Activation(node, 0), node, node.Inputs[0]);
        (SlidingWindow rows, SlidingWindow columns) = PoolingOperator.RowsAndColumns(state.Context(node));
        var shape = new TensorShape(rows.Axis.OutputSize, columns.Axis.OutputSize, state.Shape(view.Value).Channels);
        int value = state.Add(new PoolLayer(node.Name, shape, view.Value, view.IsExclusive, rows.Axis, columns.Axis));
        state.SetOutput(node, value, LoweringState.ImageLayout(state.Graph.Shape(node.Output)).Cells());
    }

    /// <summary>Lowers AveragePool.</summary>
    public static void LowerAverage(LoweringState state, OnnxNode node)
    {
        (SlidingWindow rows, SlidingWindow columns) = PoolingOperator.RowsAndColumns(state.Context(node));
        Average(state, node, rows.Axis, AveragePoolOperator.Divisors(node, rows), columns.Axis, AveragePoolOperator.Divisors(node, columns));
    }

    /// <summary>Lowers GlobalAveragePool, and ReduceMean over the spatial axes.</summary>
    public static LinearLayer LowerGlobalAverage(LoweringState state, OnnxNode node)
    {
        ImmutableArray<int> shape = state.Graph.Shape(node.Inputs[0]);
        if (shape.Length is not (3 or 4))
        {
            throw node.Error($"an average over more than two spatial axes is not supported: '{node.Inputs[0]}' {OnnxShape.Format(shape)}");
        }

        TensorShape image = LoweringState.ImageShape(shape);
        return Average(
            state,
            node,
            new AxisWindow(image.Rows, 1, 1, 0, image.Rows, 1),
            [image.Rows],
            new AxisWindow(image.Columns, 1, 1, 0, image.Columns, 1),
            [image.Columns]);
    }

    /// <summary>Lowers ReduceMean over any axes: the cells that one mean takes are brought together as a row.</summary>
    public static void LowerMean(LoweringState state, OnnxNode node)
    {
        ImmutableArray<int> shape = state.Graph.Shape(node.Inputs[0]);
        ImmutableArray<int> axes = ((ReduceMeanOperator)OnnxOperators.Of(node)).Axes(state.Context(node));
        if (shape.Length is 3 or 4 && axes.SequenceEqual(Enumerable.Range(2, shape.Length - 2)))
        {
            LowerGlobalAverage(state, node);
            return;
        }

        TensorView view = state.Activation(node, 0);
        int[] kept = [.. Enumerable.Range(0, shape.Length).Except(axes)];
        int means = kept.Aggregate(1, (product, axis) => product * shape[axis]);
        int each = view.Cells.Length / means;
        var layout = new TensorLayout(shape, [.. axes, .. kept]);
        view = state.Arrange(view, new TensorShape(1, each, means), layout.Cells(), node, node.Inputs[0]);
        AxisMap columns = CellMaps.Sum(new AxisWindow(each, 1, 1, 0, each, 1), _ => 1);
        var map = new SeparableMap(AxisMap.Identity(1), columns, AxisMap.Identity(means));
        var layer = new SumLayer(node.Name, new TensorShape(1, 1, means), node.Output, [new LoweredTerm(view.Value, 1.0 / each, map)]);
        state.SetOutput(node, state.Add(layer), [.. Enumerable.Range(0, means)]);
    }

    private static SumLayer Average(
        LoweringState state, OnnxNode node, AxisWindow rows, int[] rowDivisors, AxisWindow columns, int[] columnDivisors)
    {
        TensorView view = state.ArrangeImage(state.Activation(node, 0), node, node.Inputs[0]);
        int channels = state.Shape(view.Value).Channels;
        (AxisMap rowMap, int rowMultiple) = Averaging(node, rows, rowDivisors);
        (AxisMap columnMap, int columnMultiple) = Averaging(node, columns, columnDivisors);
        var map = new SeparableMap(rowMap, columnMap, AxisMap.Identity(channels));
        var shape = new TensorShape(rows.OutputSize, columns.OutputSize, channels);
        var layer = new SumLayer(node.Name, shape, node.Output, [new LoweredTerm(view.Value, 1.0 / rowMultiple / columnMultiple, map)]);
        int value = state.Add(layer);
        state.SetOutput(node, value, new TensorLayout([1, channels, shape.Rows, shape.Columns], [0, 2, 3, 1]).Cells());
        return layer;
    }

    /// <summary>
    /// Windows with different numbers of cells: each gets the integer factor <c>multiple / cells</c>, and the common multiple is divided out by
    /// the term's coefficient.
    /// </summary>
    private static (AxisMap Map, int Multiple) Averaging(OnnxNode node, AxisWindow window, int[] divisors)
    {
        long multiple = 1;
        foreach (int divisor in divisors)
        {
            multiple = multiple / GreatestCommonDivisor(multiple, divisor) * divisor;
            if (multiple > QuantizedModelLimits.AxisSum)
            {
                throw node.Error("its windows have too many different numbers of cells beside the padding");
            }
        }

        return (CellMaps.Sum(window, o => (int)(multiple / divisors[o])), (int)multiple);
    }

    private static long GreatestCommonDivisor(long a, long b) => b == 0 ? a : GreatestCommonDivisor(b, a % b);
}
