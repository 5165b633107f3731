using VerifiableML.Cli.CommandLine;
using VerifiableML.Model.Quantized;
using VerifiableML.Model.Samples;

namespace VerifiableML.Cli.Commands.Benchmarks;

/// <summary>Models with random weights that a benchmark can name.</summary>
internal static class BenchmarkModel
{
    /// <summary>What <see cref="Create"/> understands.</summary>
    public const string Names = "lenet5, vgg16, dense4m, or widths as 784-128-10";

    private const int LargestWidth = 1 << 16;

    /// <summary>The model called <paramref name="name"/>.</summary>
    /// <exception cref="MisuseException">There is none.</exception>
    public static QuantizedModel Create(string name) => name switch
    {
        "lenet5" => SyntheticModels.Lenet5(),
        "vgg16" => SyntheticModels.Vgg16(),
        "dense4m" => SyntheticModels.Mlp(1024, 1024, 1024, 1024, 1024, 10),
        _ => SyntheticModels.Mlp(Widths(name)),
    };

    /// <summary>Number of weights and biases.</summary>
    public static long Weights(QuantizedModel model) => model.Nodes.OfType<AccumulatingNode>()
        .Sum(node => (node is ConvolutionNode convolution ? convolution.Weights.LongLength : 0) + (node.Bias.IsDefault ? 0 : node.Bias.Length));

    /// <summary>Number of cells that one input and everything computed from it have.</summary>
    public static long Activations(QuantizedModel model) => model.Input.Shape.Cells + model.Nodes.Sum(node => (long)node.Output.Shape.Cells);

    private static int[] Widths(string name)
    {
        string[] parts = name.Split('-');
        var widths = new int[parts.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            if (!int.TryParse(parts[i], out widths[i]) || widths[i] is < 1 or > LargestWidth)
            {
                throw new MisuseException($"'{name}' is no model to measure; there are {Names}");
            }
        }

        return widths.Length >= 2 ? widths : throw new MisuseException($"'{name}' is no model to measure; there are {Names}");
    }
}
