using VerifiableML.Model.Onnx;
using VerifiableML.Model.Onnx.Operators;
using VerifiableML.Model.Quantized;

namespace VerifiableML.Model.Quantization.Lowering;

/// <summary>
/// Gemm and MatMul with a constant right matrix. One row is a convolution whose kernel covers the whole value, with the weights permuted into
/// whatever arrangement the value has; several rows are a 1×1 convolution over a sequence.
/// </summary>
internal static class MatrixLowering
{
    /// <summary>Lowers Gemm.</summary>
    public static void LowerGemm(LoweringState state, OnnxNode node)
    {
        int inner = state.Graph.Shape(node.Inputs[0])[1];
        int columns = state.Graph.Shape(node.Output)[1];
        double[] matrix = state.RequireConstant(node, 1);
        if (GemmOperator.TransposesRight(node))
        {
            matrix = Transposed(matrix, columns, inner);
        }

        float alpha = node.Float("alpha", 1);
        float beta = node.Float("beta", 1);
        double[]? addend = node.HasInput(2) ? Array.ConvertAll(state.RequireConstant(node, 2), value => value * beta) : null;
        state.SetOutput(node, MultiplyAdd(state, node, inner, columns, Array.ConvertAll(matrix, weight => weight * alpha), addend, 2));
    }

    /// <summary>
    /// Multiplies by <paramref name="matrix"/>, <c>[k][n]</c>, and adds the real values <paramref name="addend"/> of the input
    /// <paramref name="addendInput"/>, stretched to the output.
    /// </summary>
    public static TensorView MultiplyAdd(
        LoweringState state, OnnxNode node, int inner, int columns, double[] matrix, double[]? addend, int addendInput)
    {
        (int value, int[] cells) = Multiply(state, node, inner, columns, matrix);
        var view = new TensorView(value, cells, true);
        if (addend is null)
        {
            return view;
        }

        int[] source = OnnxShape.BroadcastIndices(state.Graph.Shape(node.Inputs[addendInput]), state.Graph.Shape(node.Output));
        double[] ones = [.. Enumerable.Repeat(1.0, source.Length)];
        double[] offsets = Array.ConvertAll(source, index => addend[index]);
        TensorView sum = AffineLowering.Apply(state, node, view, null, ones, offsets);
        if (sum.Value != value)
        {
            // The addend differs within a column, so it is added by another layer; no tensor of the source model holds the product alone.
            ((LinearLayer)state.Producer(value)!).PreTensorExcess = offsets;
        }

        return sum;
    }

    /// <summary>Lowers MatMul.</summary>
    public static void LowerMatMul(LoweringState state, OnnxNode node)
    {
        (int value, int[] cells) = Multiply(state, node, Geometry(state, node, 1), state.RequireConstant(node, 1));
        state.SetOutput(node, value, cells);
    }

    /// <summary>The geometry of a product whose right matrix is input <paramref name="right"/>, one matrix for all.</summary>
    public static ProductGeometry Geometry(LoweringState state, OnnxNode node, int right)
    {
        if (!state.IsConstant(node.Inputs[right]) || state.IsConstant(node.Inputs[0]))
        {
            throw node.Error("a matrix product is supported with an activation on the left and a constant on the right");
        }

        ProductGeometry geometry = ProductGeometry.Of(state.Context(node), 0, right);
        return geometry.RightStarts.All(start => start == 0) ? geometry : throw node.Error("a stack of right matrices is not supported");
    }

    /// <summary>Multiplies by <paramref name="matrix"/>, <c>[k][n]</c>; returns the value and where the elements of <c>[rows][n]</c> are.</summary>
    public static (int Value, int[] Cells) Multiply(LoweringState state, OnnxNode node, ProductGeometry geometry, double[] matrix) =>
        Multiply(state, node, geometry.Inner, geometry.Columns, matrix);

    private static (int Value, int[] Cells) Multiply(LoweringState state, OnnxNode node, int inner, int columns, double[] matrix)
    {
        TensorView view = state.Activation(node, 0);
        int rows = view.Cells.Length / inner;
        ConvolutionLayer layer = rows == 1
            ? Dense(state, node, view, columns, matrix)
            : Sequence(state, node, view, rows, inner, columns, matrix);
        return (state.Add(layer), [.. Enumerable.Range(0, rows * columns)]);
    }

    private static ConvolutionLayer Dense(LoweringState state, OnnxNode node, TensorView view, int columns, double[] matrix)
    {
        TensorShape input = state.Shape(view.Value);
        var weights = new double[checked(columns * input.Cells)];
        for (int k = 0; k < view.Cells.Length; k++)
        {
            for (int n = 0; n < columns; n++)
            {
                weights[(n * input.Cells) + view.Cells[k]] += matrix[(k * columns) + n];
            }
        }

        return new ConvolutionLayer(
            node.Name,
            new TensorShape(1, 1, columns),
            node.Output,
            view.Value,
            new AxisWindow(input.Rows, 1, 1, 0, input.Rows, 1),
            new AxisWindow(input.Columns, 1, 1, 0, input.Columns, 1),
            1,
            weights);
    }

    private static ConvolutionLayer Sequence(
        LoweringState state, OnnxNode node, TensorView view, int rows, int inner, int columns, double[] matrix)
    {
        TensorShape found = state.Shape(view.Value);
        if (found.Channels != inner || !view.IsInOrder(found.Cells))
        {
            view = state.Arrange(view, new TensorShape(rows, 1, inner), [.. Enumerable.Range(0, rows * inner)], node, node.Inputs[0]);
        }

        TensorShape input = state.Shape(view.Value);
        return new ConvolutionLayer(
            node.Name,
            input with { Channels = columns },
            node.Output,
            view.Value,
            new AxisWindow(1, 1, 1, 0, input.Rows, input.Rows),
            new AxisWindow(1, 1, 1, 0, input.Columns, input.Columns),
            1,
            Transposed(matrix, inner, columns));
    }

    /// <summary><c>[rows][columns]</c> → <c>[columns][rows]</c>.</summary>
    public static double[] Transposed(double[] matrix, int rows, int columns)
    {
        var transposed = new double[matrix.Length];
        for (int r = 0; r < rows; r++)
        {
            for (int c = 0; c < columns; c++)
            {
                transposed[(c * rows) + r] = matrix[(r * columns) + c];
            }
        }

        return transposed;
    }
}
