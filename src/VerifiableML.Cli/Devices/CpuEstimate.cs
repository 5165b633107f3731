using VerifiableML.Model.Quantized;

namespace VerifiableML.Cli.Devices;

/// <summary>About how long two cores take, from what <c>vml bench</c> measured on several models; good enough to tell milliseconds from minutes.</summary>
internal static class CpuEstimate
{
    // VGG-16 runs 313 million multiply-adds in 45 ms, and is proven in 0.90 s: 15 million weights, 0.3 million activations.
    private const double NanosecondsAMultiplication = 0.15;
    private const double NanosecondsAWeight = 30;
    private const double NanosecondsAnActivation = 1500;

    /// <summary>Time to run <paramref name="model"/> on a batch.</summary>
    public static TimeSpan Run(QuantizedModel model, int batchSize) => Nanoseconds(Multiplications(model) * batchSize * NanosecondsAMultiplication);

    /// <summary>Time to run and to prove it.</summary>
    public static TimeSpan Prove(QuantizedModel model, int batchSize)
    {
        double weights = model.Nodes.OfType<ConvolutionNode>().Sum(node => (double)node.Weights.Length);
        double activations = model.Nodes.Sum(node => (double)node.Output.Shape.Cells);
        return Run(model, batchSize) + Nanoseconds((weights * NanosecondsAWeight) + (activations * batchSize * NanosecondsAnActivation));
    }

    /// <summary>Multiply-adds of one input's convolutions and dense layers.</summary>
    public static double Multiplications(QuantizedModel model) => model.Nodes.OfType<ConvolutionNode>()
        .Sum(node => (double)node.Weights.Length * node.Output.Shape.Rows * node.Output.Shape.Columns);

    private static TimeSpan Nanoseconds(double count) => TimeSpan.FromMilliseconds(count / 1e6);
}
