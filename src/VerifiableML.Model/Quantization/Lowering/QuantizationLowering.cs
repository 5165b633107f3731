using VerifiableML.Model.Onnx;
using VerifiableML.Model.Onnx.Operators;
using VerifiableML.Model.Quantized;

namespace VerifiableML.Model.Quantization.Lowering;

/// <summary>
/// The operators of models that are quantized already. Integers are centred (the zero point is taken off), so that a quantized tensor is a value
/// on a grid that is prescribed: QuantizeLinear hangs its grid on the layer before it, DequantizeLinear only changes how we look at the value.
/// </summary>
/// <remarks>
/// What differs from ONNX: there a sum is multiplied in 32-bit floating point and ties go to even; here the multiplier is part of weights of up to 25
/// bits and ties go up. Outputs differ, by one step, only where the exact quotient lies within about 2^-12 of a tie.
/// </remarks>
internal static class QuantizationLowering
{
    /// <summary>Lowers QuantizeLinear.</summary>
    public static void LowerQuantize(LoweringState state, OnnxNode node)
    {
        OutputGrid grid = Grid(node, QuantizeLinearOperator.Parameters(state.Context(node)));
        TensorView view = state.Activation(node, 0);
        if (GridOf(state, view.Value) is { } known && known.Scale == grid.Scale && known.Minimum >= grid.Minimum && known.Maximum <= grid.Maximum)
        {
            state.SetOutput(node, view);
        }
        else if (view is { Value: 0, IsExclusive: true } && state.InputGrid is null)
        {
            state.InputGrid = grid;
            state.SetOutput(node, view);
        }
        else if (ElementwiseLowering.Host(state, view) is { Grid: null } host)
        {
            host.Grid = grid;
            state.SetOutput(node, view);
        }
        else
        {
            SumLayer layer = ElementwiseLowering.Identity(state, node, view);
            layer.Grid = grid;
            state.SetOutput(node, view with { Value = state.Add(layer), IsExclusive = true });
        }
    }

    /// <summary>Lowers DequantizeLinear, of activations and of constants.</summary>
    public static void LowerDequantize(LoweringState state, OnnxNode node)
    {
        OperatorContext context = state.Context(node);
        QuantizationParameters parameters = DequantizeLinearOperator.Parameters(context);
        if (context.Constant(0) is { } constant)
        {
            (int extent, int inner) = PerAxis.Lines(context, parameters);
            state.SetConstant(node.Output, Real(constant, parameters, extent, inner));
            return;
        }

        TensorView view = state.Activation(node, 0);
        RequireGrid(state, node, view, parameters);
        state.SetOutput(node, view);
    }

    /// <summary>Lowers QLinearConv.</summary>
    public static void LowerConvolution(LoweringState state, OnnxNode node)
    {
        OperatorContext context = state.Context(node);
        ConvolutionGeometry geometry = ConvolutionGeometry.Of(context, weights: 3, bias: 8);
        QuantizedOperands operands = QLinearConvOperator.Operands(context);
        RequireGrid(state, node, state.Activation(node, 0), operands.Left);
        double[] weights = Real(context.RequireConstant(3, "weights"), operands.Right, geometry.OutputChannels, geometry.Contraction);
        double[]? bias = !context.Has(8) ? null : [.. context.RequireConstant(8, "bias").ToIntegers()
            .Select((value, channel) => value * (double)operands.Left.Scale(0) * operands.Right.Scale(channel))];
        ConvolutionLowering.Lower(state, node, geometry, weights, bias).Grid = Grid(node, operands.Output);
    }

    /// <summary>Lowers QLinearMatMul.</summary>
    public static void LowerMatMul(LoweringState state, OnnxNode node)
    {
        OperatorContext context = state.Context(node);
        ProductGeometry geometry = MatrixLowering.Geometry(state, node, 3);
        QuantizedOperands operands = QLinearMatMulOperator.Operands(context);
        RequireGrid(state, node, state.Activation(node, 0), operands.Left);
        double[] matrix = Real(context.RequireConstant(3, "the right matrix"), operands.Right, geometry.Columns, 1);
        (int value, int[] cells) = MatrixLowering.Multiply(state, node, geometry, matrix);
        ((LinearLayer)state.Producer(value)!).Grid = Grid(node, operands.Output);
        state.SetOutput(node, value, cells);
    }

    /// <summary>Lowers QGemm.</summary>
    public static void LowerGemm(LoweringState state, OnnxNode node)
    {
        OperatorContext context = state.Context(node);
        (int inner, int columns) = (context.Shape(0)[1], state.Graph.Shape(node.Output)[1]);
        QuantizedOperands operands = QGemmOperator.Operands(context, columns);
        RequireGrid(state, node, state.Activation(node, 0), operands.Left);
        bool transposed = GemmOperator.TransposesRight(node);
        double[] matrix = Real(context.RequireConstant(3, "the right matrix"), operands.Right, columns, transposed ? inner : 1);
        matrix = transposed ? MatrixLowering.Transposed(matrix, columns, inner) : matrix;
        double[]? addend = null;
        if (context.Has(6))
        {
            OnnxTensor integers = context.RequireConstant(6, "addend");
            if (!operands.Right.IsPerTensor && (integers.Shape.IsEmpty || integers.Shape[^1] != columns))
            {
                throw node.Error("an addend that is not one for each column, beside scales that are, is not supported");
            }

            addend = [.. integers.ToIntegers().Select((value, i) =>
                value * (double)operands.Left.Scale(0) * operands.Right.Scale(i % columns))];
        }

        TensorView view = MatrixLowering.MultiplyAdd(state, node, inner, columns, matrix, addend, 6);
        ((LinearLayer)state.Producer(view.Value)!).Grid = Grid(node, operands.Output);
        state.SetOutput(node, view);
    }

    /// <summary>Lowers QLinearAdd of two activations.</summary>
    public static void LowerAdd(LoweringState state, OnnxNode node)
    {
        QuantizedOperands operands = QLinearAddOperator.Operands(state.Context(node));
        TensorView left = ArithmeticLowering.Broadcast(state, node, 0, state.Activation(node, 0), state.Graph.Shape(node.Output));
        TensorView right = ArithmeticLowering.Broadcast(state, node, 3, state.Activation(node, 3), state.Graph.Shape(node.Output));
        RequireGrid(state, node, left, operands.Left);
        RequireGrid(state, node, right, operands.Right);
        TensorView sum = ArithmeticLowering.Sum(state, node, left, right, 1);
        ((LinearLayer)state.Producer(sum.Value)!).Grid = Grid(node, operands.Output);
        state.SetOutput(node, sum);
    }

    /// <summary>Lowers QLinearGlobalAveragePool.</summary>
    public static void LowerGlobalAverage(LoweringState state, OnnxNode node)
    {
        (QuantizationParameters input, QuantizationParameters output) = QLinearGlobalAveragePoolOperator.Parameters(state.Context(node));
        RequireGrid(state, node, state.Activation(node, 0), input);
        PoolingLowering.LowerGlobalAverage(state, node).Grid = Grid(node, output);
    }

    private static OutputGrid Grid(OnnxNode node, QuantizationParameters parameters)
    {
        if (!parameters.IsPerTensor)
        {
            throw node.Error("an activation with a scale for each index of an axis is not supported");
        }

        int zeroPoint = parameters.ZeroPoint(0);
        return new OutputGrid(parameters.Scale(0), parameters.Least - zeroPoint, parameters.Most - zeroPoint, zeroPoint);
    }

    /// <summary>The grid that a value's integers are on, or null.</summary>
    private static OutputGrid? GridOf(LoweringState state, int value)
    {
        switch (state.Producer(value))
        {
            case null:
                return state.InputGrid;
            case PoolLayer pool:
                return GridOf(state, pool.Input);
            case SumLayer sum when LayerGrids.IsRearrangement(sum):
                OutputGrid?[] grids = [.. sum.Inputs.Select(input => GridOf(state, input))];
                return grids.All(grid => grid == grids[0]) ? grids[0] : null;
            case LinearLayer layer:
                return layer.Grid;
            default:
                return null;
        }
    }

    private static void RequireGrid(LoweringState state, OnnxNode node, TensorView view, QuantizationParameters parameters)
    {
        OutputGrid wanted = Grid(node, parameters);
        if (GridOf(state, view.Value) is not { } known || known.Scale != wanted.Scale || known.ZeroPoint != wanted.ZeroPoint)
        {
            throw node.Error($"reads integers with scale {wanted.Scale} and zero point {wanted.ZeroPoint} that were not made with these");
        }
    }

    private static double[] Real(OnnxTensor integers, QuantizationParameters parameters, int extent, int inner) =>
        [.. integers.ToIntegers().Select((value, i) =>
        {
            int index = i / inner % extent;
            return (value - parameters.ZeroPoint(index)) * (double)parameters.Scale(index);
        })];
}
