using System.Collections.Immutable;
using VerifiableML.Model.Onnx;
using VerifiableML.Model.Quantized;

namespace VerifiableML.Model.Quantization.Lowering;

/// <summary>Add, Sub, Mul and Div: with a constant an affine map, of two activations a weighted sum or a product.</summary>
internal static class ArithmeticLowering
{
    /// <summary>Lowers a node with two operands.</summary>
    public static void Lower(LoweringState state, OnnxNode node)
    {
        ImmutableArray<int> shape = state.Graph.Shape(node.Output);
        (bool leftConstant, bool rightConstant) = (state.IsConstant(node.Inputs[0]), state.IsConstant(node.Inputs[1]));
        if (leftConstant || rightConstant)
        {
            int activation = leftConstant ? 1 : 0;
            (double[] factor, double[] offset) = AffineForm(node, Broadcast(state, node, 1 - activation, shape), leftConstant);
            TensorView view = Broadcast(state, node, activation, state.Activation(node, activation), shape);
            string? tensor = state.Graph.Shape(node.Inputs[activation]).SequenceEqual(shape) ? node.Inputs[activation] : null;
            state.SetOutput(node, AffineLowering.Apply(state, node, view, tensor, factor, offset));
            return;
        }

        TensorView left = Broadcast(state, node, 0, state.Activation(node, 0), shape);
        TensorView right = Broadcast(state, node, 1, state.Activation(node, 1), shape);
        switch (node.OpType)
        {
            case "Add":
                state.SetOutput(node, Sum(state, node, left, right, 1));
                break;
            case "Sub":
                state.SetOutput(node, Sum(state, node, left, right, -1));
                break;
            case "Mul":
                state.SetOutput(node, Product(state, node, left, right));
                break;
            default:
                throw node.Error("division by an activation is not supported");
        }
    }

    /// <summary><c>left + sign · right</c> in the arrangement of the left operand.</summary>
    public static TensorView Sum(LoweringState state, OnnxNode node, TensorView left, TensorView right, double sign)
    {
        if (!left.IsPermutation(state.Shape(left.Value).Cells))
        {
            left = state.ArrangeFlat(left, node, null);
        }

        TensorShape shape = state.Shape(left.Value);
        var term = new LoweredTerm(right.Value, sign, MapInto(state, left, right));
        if (left.IsExclusive && state.Producer(left.Value) is SumLayer { IsOpen: true, Rearranges: false } sum && right.Value < left.Value)
        {
            sum.Terms.Add(term);
            sum.PreTensor = node.Output;
            return left;
        }

        var layer = new SumLayer(node.Name, shape, node.Output, [new LoweredTerm(left.Value, 1, CellMaps.Identity(shape)), term]);
        return left with { Value = state.Add(layer), IsExclusive = true };
    }

    private static TensorView Product(LoweringState state, OnnxNode node, TensorView left, TensorView right)
    {
        if (!left.IsPermutation(state.Shape(left.Value).Cells))
        {
            (left, right) = right.IsPermutation(state.Shape(right.Value).Cells) ? (right, left) : (state.ArrangeFlat(left, node, null), right);
        }

        right = state.Arrange(right, state.Shape(left.Value), left.Cells, node, null);
        var layer = new ProductLayer(node.Name, state.Shape(left.Value), node.Output, left.Value, right.Value);
        return left with { Value = state.Add(layer), IsExclusive = true };
    }

    private static CellMap MapInto(LoweringState state, TensorView target, TensorView source)
    {
        var cells = new int[target.Cells.Length];
        for (int i = 0; i < cells.Length; i++)
        {
            cells[target.Cells[i]] = source.Cells[i];
        }

        return CellMaps.Copy(cells, state.Shape(source.Value), state.Shape(target.Value));
    }

    private static (double[] Factor, double[] Offset) AffineForm(OnnxNode node, double[] constant, bool constantFirst)
    {
        var same = new double[constant.Length];
        Array.Fill(same, 1);
        double[] Each(Func<double, double> function) => Array.ConvertAll(constant, value => function(value));
        switch (node.OpType)
        {
            case "Add":
                return (same, constant);
            case "Sub":
                return constantFirst ? (Array.ConvertAll(same, value => -value), constant) : (same, Each(value => -value));
            case "Mul":
                return (constant, new double[constant.Length]);
            default:
                if (constantFirst || constant.Contains(0))
                {
                    throw node.Error(constantFirst ? "division by an activation is not supported" : "division by zero");
                }

                return (Each(value => 1 / value), new double[constant.Length]);
        }
    }

    private static double[] Broadcast(LoweringState state, OnnxNode node, int input, ImmutableArray<int> shape)
    {
        double[] values = state.RequireConstant(node, input);
        return Array.ConvertAll(OnnxShape.BroadcastIndices(state.Graph.Shape(node.Inputs[input]), shape), index => values[index]);
    }

    /// <summary>The view of an operand, stretched to <paramref name="shape"/>.</summary>
    public static TensorView Broadcast(LoweringState state, OnnxNode node, int input, TensorView view, ImmutableArray<int> shape)
    {
        ImmutableArray<int> own = state.Graph.Shape(node.Inputs[input]);
        return own.SequenceEqual(shape)
            ? view
            : view with { Cells = Array.ConvertAll(OnnxShape.BroadcastIndices(own, shape), index => view.Cells[index]) };
    }
}
