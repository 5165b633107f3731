using VerifiableML.Model.Onnx;
using VerifiableML.Model.Onnx.Operators;
using VerifiableML.Model.Quantized;

namespace VerifiableML.Model.Quantization.Lowering;

/// <summary>Softmax, LogSoftmax and ArgMax, which users compute from the proven logits; and the arrangement of the output.</summary>
internal static class OutputLowering
{
    /// <summary>Lowers Softmax and LogSoftmax.</summary>
    public static void LowerSoftmax(LoweringState state, OnnxNode node)
    {
        (int outer, int _, int inner) = NormalizedExponentialOperator.Lines(state.Context(node));
        End(state, node, outer * inner == 1, PostProcessing.Softmax);
    }

    /// <summary>Lowers ArgMax.</summary>
    public static void LowerArgMax(LoweringState state, OnnxNode node)
    {
        OperatorContext context = state.Context(node);
        bool whole = context.Shape(0)[ArgMaxOperator.Axis(context)] == context.Input(0).Count;
        End(state, node, whole && node.Integer("select_last_index", 0) == 0, PostProcessing.ArgMax);
    }

    /// <summary>Brings the output into an arrangement that <see cref="TensorLayout"/> can name.</summary>
    public static (int Value, TensorLayout Layout) Arrange(LoweringState state)
    {
        OnnxGraph graph = state.Graph;
        TensorView view = state.View(graph.Output.Name);
        OnnxTensorInfo tensor = state.PostProcessing == PostProcessing.None ? graph.Output : LastProven(graph);
        TensorShape shape = state.Shape(view.Value);
        TensorLayout inOrder = TensorLayout.InOrder(tensor.Shape);
        if (view.IsInOrder(shape.Cells))
        {
            return (view.Value, inOrder);
        }

        if (tensor.Shape is [1, _, _, _] or [1, _, _])
        {
            TensorLayout image = LoweringState.ImageLayout(tensor.Shape);
            if (view.Cells.Length == shape.Cells && view.Cells.AsSpan().SequenceEqual(image.Cells()))
            {
                return (view.Value, image);
            }
        }

        OnnxNode node = graph.Producer(graph.Output.Name)!;
        return (state.ArrangeFlat(view, node, tensor.Name).Value, inOrder);
    }

    /// <summary>The tensor before a final Softmax or ArgMax, from which only shapes may have changed since.</summary>
    private static OnnxTensorInfo LastProven(OnnxGraph graph)
    {
        OnnxNode node = graph.Producer(graph.Output.Name)!;
        while (node.OpType is not ("Softmax" or "LogSoftmax" or "ArgMax"))
        {
            node = graph.Producer(node.Inputs[0])!;
        }

        return graph.Tensor(node.Inputs[0]);
    }

    private static void End(LoweringState state, OnnxNode node, bool whole, PostProcessing postProcessing)
    {
        if (state.PostProcessing == PostProcessing.Softmax && postProcessing == PostProcessing.ArgMax && whole)
        {
            // The greatest probability is where the greatest logit is.
            state.PostProcessing = PostProcessing.ArgMax;
            state.SetOutput(node, state.Activation(node, 0));
            return;
        }

        if (!whole || state.PostProcessing != PostProcessing.None)
        {
            throw node.Error("is supported only at the end of a model and over all of its outputs, where it is computed from the proven logits");
        }

        state.PostProcessing = postProcessing;
        state.SetOutput(node, state.Activation(node, 0));
    }
}
