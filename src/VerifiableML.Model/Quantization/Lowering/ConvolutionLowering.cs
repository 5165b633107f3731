using System.Numerics;
using VerifiableML.Model.Onnx;
using VerifiableML.Model.Onnx.Operators;
using VerifiableML.Model.Quantized;

namespace VerifiableML.Model.Quantization.Lowering;

/// <summary>Conv: channels last; groups other than one and depthwise become a dense kernel with zeros.</summary>
internal static class ConvolutionLowering
{
    /// <summary>Lowers a convolution of floats.</summary>
    public static void Lower(LoweringState state, OnnxNode node)
    {
        ConvolutionGeometry geometry = ConvolutionGeometry.Of(state.Context(node), weights: 1, bias: 2);
        double[]? bias = node.HasInput(2) ? state.RequireConstant(node, 2) : null;
        Lower(state, node, geometry, state.RequireConstant(node, 1), bias);
    }

    /// <summary>Lowers a convolution with given real weights <c>[o][c][ky][kx]</c> and biases.</summary>
    public static ConvolutionLayer Lower(LoweringState state, OnnxNode node, ConvolutionGeometry geometry, double[] weights, double[]? bias)
    {
        TensorView view = state.ArrangeImage(state.Activation(node, 0), node, node.Inputs[0]);
        (double[] kernel, int groups) = Kernel(geometry, weights);
        var shape = new TensorShape(geometry.Rows.OutputSize, geometry.Columns.OutputSize, geometry.OutputChannels);
        var layer = new ConvolutionLayer(node.Name, shape, node.Output, view.Value, geometry.Rows, geometry.Columns, groups, kernel)
        {
            Bias = bias ?? new double[geometry.OutputChannels],
        };
        state.SetOutput(node, state.Add(layer), LoweringState.ImageLayout(geometry.OutputShape).Cells());
        return layer;
    }

    /// <summary><c>[o][c][ky][kx]</c> → <c>[o][ky][kx][c]</c>.</summary>
    private static (double[] Kernel, int Groups) Kernel(ConvolutionGeometry geometry, double[] weights)
    {
        int outputsEach = geometry.OutputChannels / geometry.Groups;
        bool depthwise = geometry.Groups == geometry.InputChannels && geometry.Groups > 1 && BitOperations.IsPow2(outputsEach);
        int inputsEach = geometry.InputChannels / geometry.Groups;
        int depth = depthwise ? 1 : geometry.InputChannels;
        int plane = geometry.Rows.Kernel * geometry.Columns.Kernel;
        var kernel = new double[checked(geometry.OutputChannels * plane * depth)];
        for (int o = 0; o < geometry.OutputChannels; o++)
        {
            int firstInput = depthwise ? 0 : o / outputsEach * inputsEach;
            for (int c = 0; c < inputsEach; c++)
            {
                for (int k = 0; k < plane; k++)
                {
                    kernel[(((o * plane) + k) * depth) + firstInput + c] = weights[(((o * inputsEach) + c) * plane) + k];
                }
            }
        }

        return (kernel, depthwise ? geometry.Groups : 1);
    }
}
