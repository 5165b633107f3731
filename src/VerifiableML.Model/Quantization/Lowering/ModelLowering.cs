using System.Collections.Immutable;
using VerifiableML.Model.Onnx;
using VerifiableML.Model.Onnx.Operators;
using VerifiableML.Model.Quantized;

namespace VerifiableML.Model.Quantization.Lowering;

/// <summary>
/// From an ONNX graph to layers over channels-last values, in real numbers: constants are folded into weights, functions into tables, and
/// what only moves cells becomes part of the next layer's weights or maps.
/// </summary>
internal static class ModelLowering
{
    /// <summary>Operators that may stand behind a final Softmax or ArgMax.</summary>
    private static readonly HashSet<string> MayFollowTheEnd =
        ["Identity", "Dropout", "Cast", "Reshape", "Flatten", "Squeeze", "Unsqueeze", "ArgMax"];

    /// <summary>Lowers a graph.</summary>
    /// <exception cref="ModelFormatException">An operator is used in a way that is not supported; the message names the node.</exception>
    public static LoweredModel Lower(OnnxGraph graph)
    {
        if (graph.Input.ElementType != OnnxElementType.Float)
        {
            throw ModelFormatException.At(graph.File, $"input '{graph.Input.Name}'", $"an input of {graph.Input.ElementType} is not supported, only floats are");
        }

        (TensorShape shape, TensorLayout layout) = InputArrangement.Of(graph);
        var state = new LoweringState(graph, shape, layout);
        foreach (OnnxNode node in graph.Nodes)
        {
            if (state.PostProcessing != PostProcessing.None && !MayFollowTheEnd.Contains(node.OpType))
            {
                throw node.Error("nothing may be computed from the outcome of a Softmax or ArgMax");
            }

            Lower(state, node);
        }

        (int value, TensorLayout outputLayout) = OutputLowering.Arrange(state);
        return new LoweredModel(
            shape, layout, state.InputGrid, state.Layers, value, outputLayout, state.PostProcessing, state.Tensors);
    }

    private static void Lower(LoweringState state, OnnxNode node)
    {
        switch (node.OpType)
        {
            case "Conv":
                ConvolutionLowering.Lower(state, node);
                break;
            case "Gemm":
                MatrixLowering.LowerGemm(state, node);
                break;
            case "MatMul":
                MatrixLowering.LowerMatMul(state, node);
                break;
            case "BatchNormalization":
                AffineLowering.LowerBatchNormalization(state, node);
                break;
            case "Add" or "Sub" or "Mul" or "Div":
                ArithmeticLowering.Lower(state, node);
                break;
            case "Relu" or "Clip" or "LeakyRelu" or "Sigmoid" or "Tanh":
                ElementwiseLowering.Lower(state, node);
                break;
            case "MaxPool":
                PoolingLowering.LowerMaximum(state, node);
                break;
            case "AveragePool":
                PoolingLowering.LowerAverage(state, node);
                break;
            case "GlobalAveragePool":
                PoolingLowering.LowerGlobalAverage(state, node);
                break;
            case "ReduceMean":
                PoolingLowering.LowerMean(state, node);
                break;
            case "Concat":
                MovementLowering.LowerConcat(state, node);
                break;
            case "Pad":
                MovementLowering.LowerPad(state, node);
                break;
            case "Identity" or "Dropout" or "Cast":
                MovementLowering.LowerIdentity(state, node);
                break;
            case "Softmax" or "LogSoftmax":
                OutputLowering.LowerSoftmax(state, node);
                break;
            case "ArgMax":
                OutputLowering.LowerArgMax(state, node);
                break;
            case "QuantizeLinear":
                QuantizationLowering.LowerQuantize(state, node);
                break;
            case "DequantizeLinear":
                QuantizationLowering.LowerDequantize(state, node);
                break;
            case "QLinearConv":
                QuantizationLowering.LowerConvolution(state, node);
                break;
            case "QLinearMatMul":
                QuantizationLowering.LowerMatMul(state, node);
                break;
            case "QGemm":
                QuantizationLowering.LowerGemm(state, node);
                break;
            case "QLinearAdd":
                QuantizationLowering.LowerAdd(state, node);
                break;
            case "QLinearGlobalAveragePool":
                QuantizationLowering.LowerGlobalAverage(state, node);
                break;
            default:
                if (OnnxOperators.Of(node) is not MovementOperator movement)
                {
                    throw node.Error("this operator cannot be quantized");
                }

                MovementLowering.LowerView(state, node, movement);
                break;
        }
    }
}
