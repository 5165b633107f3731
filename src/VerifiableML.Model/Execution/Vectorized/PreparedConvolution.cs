using VerifiableML.Model.Quantized;

namespace VerifiableML.Model.Execution.Vectorized;

/// <summary>What the fast executor computes once for a convolution.</summary>
internal sealed class PreparedConvolution
{
    private readonly Int128 _greatestAbsoluteSum;

    private PreparedConvolution(Int128 greatestAbsoluteSum, double[] depthwise)
    {
        (_greatestAbsoluteSum, Depthwise) = (greatestAbsoluteSum, depthwise);
    }

    /// <summary>Weights of a depthwise convolution as <c>[ky][kx][o]</c>, so that neighbouring channels are neighbours; else empty.</summary>
    public double[] Depthwise { get; }

    /// <summary>Prepares <paramref name="node"/>.</summary>
    public static PreparedConvolution Of(ConvolutionNode node)
    {
        int outputs = node.Output.Shape.Channels;
        int taps = node.Weights.Length / outputs;
        Int128 greatest = 0;
        for (int o = 0; o < outputs; o++)
        {
            long sum = 0;
            foreach (int weight in node.Weights.AsSpan(o * taps, taps))
            {
                sum += Math.Abs((long)weight);
            }

            greatest = Int128.Max(greatest, sum);
        }

        return new PreparedConvolution(greatest, node.Groups == 1 ? [] : Transpose(node.Weights, outputs, taps));
    }

    /// <summary>
    /// True where no partial sum of products, in whatever order, can reach 2^53. The bound on the accumulators themselves would not show it:
    /// terms of a partial sum need not cancel.
    /// </summary>
    public bool IsExactInDoubles(QuantizedTensor input) =>
        _greatestAbsoluteSum * Math.Max(Math.Abs(input.Minimum), Math.Abs(input.Maximum)) < QuantizedModelLimits.Accumulator;

    private static double[] Transpose(int[] weights, int outputs, int taps)
    {
        var transposed = new double[weights.Length];
        for (int o = 0; o < outputs; o++)
        {
            for (int tap = 0; tap < taps; tap++)
            {
                transposed[(tap * outputs) + o] = weights[(o * taps) + tap];
            }
        }

        return transposed;
    }
}
