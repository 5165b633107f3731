using System.Collections.Immutable;
using VerifiableML.Model.Onnx;
using VerifiableML.Model.Onnx.Operators;
using VerifiableML.Model.Quantized;

namespace VerifiableML.Model.Quantization.Lowering;

/// <summary>Chooses how the input's elements become cells: as the first operator that cares needs them, so that nothing has to be moved.</summary>
internal static class InputArrangement
{
    private const int LookAhead = 12;

    /// <summary>Shape and layout of value 0.</summary>
    public static (TensorShape Shape, TensorLayout Layout) Of(OnnxGraph graph)
    {
        ImmutableArray<int> shape = graph.Input.Shape;
        ImmutableArray<int> order = Order(graph, graph.Input.Name, LookAhead);
        var layout = new TensorLayout(shape, order);
        return shape.Length switch
        {
            3 when shape[0] == 1 && order[1] == 2 => (new TensorShape(1, shape[2], shape[1]), layout),
            3 when shape[0] == 1 => (new TensorShape(shape[1], 1, shape[2]), layout),
            4 when shape[0] == 1 => (new TensorShape(shape[order[1]], shape[order[2]], shape[order[3]]), layout),
            2 => (new TensorShape(shape[0], 1, shape[1]), TensorLayout.InOrder(shape)),
            _ => (new TensorShape(1, 1, OnnxShape.Count(shape)), TensorLayout.InOrder(shape)),
        };
    }

    /// <summary>The order of axes that the readers of a tensor want.</summary>
    private static ImmutableArray<int> Order(OnnxGraph graph, string tensor, int steps)
    {
        int rank = graph.Shape(tensor).Length;
        ImmutableArray<int> unchanged = [.. Enumerable.Range(0, rank)];
        ImmutableArray<int> image = rank == 4 ? [0, 2, 3, 1] : rank == 3 ? [0, 2, 1] : unchanged;
        if (steps == 0 || graph.Consumers(tensor).FirstOrDefault() is not { } node)
        {
            return unchanged;
        }

        switch (node.OpType)
        {
            case "Conv" or "QLinearConv" or "MaxPool" or "AveragePool" or "GlobalAveragePool" or "BatchNormalization":
                return image;
            case "Transpose":
                ImmutableArray<int> permutation = TransposeOperator.Permutation(new OperatorContext(node, graph.Tensor, graph.Constant));
                return [.. Order(graph, node.Output, steps - 1).Select(axis => permutation[axis])];
            default:
                return graph.Shape(node.Output).Length == rank && node.OpType is not ("MatMul" or "QLinearMatMul" or "Reshape")
                    ? Order(graph, node.Output, steps - 1)
                    : unchanged;
        }
    }
}
