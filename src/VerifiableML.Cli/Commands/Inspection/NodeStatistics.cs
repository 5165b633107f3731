using VerifiableML.Model.Onnx;

namespace VerifiableML.Cli.Commands.Inspection;

/// <summary>What one node of a model costs.</summary>
/// <param name="Name">The node's name.</param>
/// <param name="Operator">Its operator.</param>
/// <param name="OutputShape">Shape of what it makes, for one sample.</param>
/// <param name="Parameters">Trained numbers that it reads and that no earlier node has read.</param>
/// <param name="MultiplyAccumulates">Products of a weight and an activation, for one sample.</param>
internal sealed record NodeStatistics(string Name, string Operator, IReadOnlyList<int> OutputShape, long Parameters, long MultiplyAccumulates)
{
    /// <summary>Statistics of every node of <paramref name="graph"/>, in its order.</summary>
    public static IReadOnlyList<NodeStatistics> Of(OnnxGraph graph)
    {
        var counted = new HashSet<string>();
        return [.. graph.Nodes.Select(node => new NodeStatistics(
            node.Name,
            node.OpType,
            graph.Shape(node.Output),
            node.Inputs.Select(graph.Constant).Where(tensor => tensor is not null && IsTrained(tensor) && counted.Add(tensor.Name)).Sum(tensor => (long)tensor!.Count),
            MultiplyAccumulatesOf(graph, node)))];
    }

    // Shapes and axes are constants too; what was trained is of a real or a quantized type.
    private static bool IsTrained(OnnxTensor tensor) => tensor.ElementType is not (OnnxElementType.Int64 or OnnxElementType.Bool);

    private static long MultiplyAccumulatesOf(OnnxGraph graph, OnnxNode node)
    {
        long outputs = graph.Tensor(node.Output).Count;
        switch (node.OpType)
        {
            case "Conv":
                return outputs * PerOutputOfConvolution(graph, node.Inputs[1]);
            case "QLinearConv":
                return outputs * PerOutputOfConvolution(graph, node.Inputs[3]);
            case "Gemm":
                bool transposed = node.Integer("transA", 0) != 0;
                return outputs * graph.Shape(node.Inputs[0])[transposed ? 0 : 1];
            case "MatMul" or "QLinearMatMul" or "MatMulInteger":
                return outputs * graph.Shape(node.Inputs[0])[^1];
            default:
                return 0;
        }
    }

    // A kernel is [output channels, input channels of a group, spatial extents …].
    private static long PerOutputOfConvolution(OnnxGraph graph, string kernel) =>
        graph.Shape(kernel).Skip(1).Aggregate(1L, (product, extent) => product * extent);
}
