using System.Collections.Immutable;
using VerifiableML.Model.Quantization;
using VerifiableML.Model.Quantized;

namespace VerifiableML.Model.Samples;

/// <summary>
/// Deterministic models with random weights, for tests and benchmarks. They have the shapes, widths and value statistics of trained ones:
/// weights are drawn so that activations neither vanish nor all saturate.
/// </summary>
public static class SyntheticModels
{
    /// <summary>A dense network with ReLU between its layers.</summary>
    /// <param name="widths">Number of inputs, then of outputs of each layer; at least two.</param>
    public static QuantizedModel Mlp(params int[] widths)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(widths.Length, 2);
        var builder = new SyntheticModelBuilder($"mlp-{string.Join('-', widths)}", new TensorShape(1, 1, widths[0]));
        for (int i = 1; i < widths.Length; i++)
        {
            builder.Dense(widths[i], last: i == widths.Length - 1);
        }

        return builder.ToModel();
    }

    /// <summary>LeNet-5 for 28×28 images: two convolutions with pooling and three dense layers, 61,470 weights, 416,520 multiply-accumulates.</summary>
    public static QuantizedModel Lenet5() => new SyntheticModelBuilder("lenet5", new TensorShape(28, 28, 1))
        .Convolution(6, kernel: 5, padding: 2).Pool(2)
        .Convolution(16, kernel: 5, padding: 0).Pool(2)
        .Dense(120).Dense(84).Dense(10, last: true)
        .ToModel();

    /// <summary>VGG-16 for 32×32×3 images: 13 convolutions and two dense layers, 15 million weights, 313 million multiply-accumulates.</summary>
    public static QuantizedModel Vgg16()
    {
        var builder = new SyntheticModelBuilder("vgg16", new TensorShape(32, 32, 3));
        foreach ((int channels, int convolutions) in new[] { (64, 2), (128, 2), (256, 3), (512, 3), (512, 3) })
        {
            for (int i = 0; i < convolutions; i++)
            {
                builder.Convolution(channels, kernel: 3, padding: 1);
            }

            builder.Pool(2);
        }

        return builder.Dense(512).Dense(10, last: true).ToModel();
    }

    /// <summary>Inputs for <paramref name="model"/>, uniform over its input range.</summary>
    /// <param name="model">The model.</param>
    /// <param name="batchSize">Number of inputs.</param>
    /// <param name="seed">Equal seeds give equal inputs.</param>
    public static int[] Input(QuantizedModel model, int batchSize, ulong seed = 1)
    {
        var random = new SampleRandom(seed);
        var input = new int[batchSize * model.Input.Shape.Cells];
        for (int i = 0; i < input.Length; i++)
        {
            input[i] = (int)random.Integer(model.Input.Minimum, model.Input.Maximum);
        }

        return input;
    }
}
