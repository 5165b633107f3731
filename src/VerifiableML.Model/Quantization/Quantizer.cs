using VerifiableML.Model.Onnx;
using VerifiableML.Model.Quantization.Lowering;
using VerifiableML.Model.Quantized;

namespace VerifiableML.Model.Quantization;

/// <summary>
/// From an ONNX graph to exact integers. Activations are int8 with one scale a tensor, chosen from samples; weights have up to 16 bits and absorb
/// all multipliers, so that requantization is a shift. What the last layer sums is the output as it stands. Models that are quantized already
/// keep their own scales.
/// </summary>
public static class Quantizer
{
    /// <summary>Quantizes <paramref name="graph"/>.</summary>
    /// <param name="graph">The model.</param>
    /// <param name="samples">
    /// Calibration samples, one after another, in the order of the graph's input. May be empty where the model prescribes all scales, or
    /// <see cref="QuantizerOptions.Like"/> does.
    /// </param>
    /// <param name="options">Choices; null for the defaults.</param>
    /// <param name="progress">Told the share of the work that is done.</param>
    /// <exception cref="ModelFormatException">An operator is used in a way that is not supported; the message names the node.</exception>
    /// <exception cref="QuantizationException">Samples are missing or malformed, or weights do not fit the model in <see cref="QuantizerOptions.Like"/>.</exception>
    public static QuantizedModel Quantize(
        OnnxGraph graph, ReadOnlyMemory<float> samples, QuantizerOptions? options = null, IProgress<double>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(graph);
        options ??= QuantizerOptions.Default;
        CheckSamples(graph, samples.Span);
        LoweredModel lowered = ModelLowering.Lower(graph);
        if (lowered.Layers.Count == 0)
        {
            throw new QuantizationException($"{graph.File}: the model computes nothing that could be proven: its output is its input, rearranged");
        }

        Calibration? calibration = null;
        if (options.Like is null)
        {
            LinearLayer[] uncalibrated = [.. LayerGrids.Undetermined(lowered)];
            bool inputKnown = lowered.InputGrid is not null || options.InputMaximum is not null;
            if (samples.IsEmpty && (uncalibrated.Length > 0 || !inputKnown))
            {
                string place = uncalibrated.Length > 0 ? $"layer '{uncalibrated[0].Name}'" : $"input '{graph.Input.Name}'";
                throw new QuantizationException($"{graph.File}: calibration samples are needed to choose the scale of {place}");
            }

            calibration = Calibration.Run(graph, uncalibrated, samples, options, progress);
        }

        QuantizedModel model = new ModelBuilder(graph, lowered, calibration, options).Build();
        progress?.Report(1);
        return QuantizedModelValidator.TryValidate(model, out string? error) ? model : throw new QuantizationException($"{graph.File}: {error}");
    }

    private static void CheckSamples(OnnxGraph graph, ReadOnlySpan<float> samples)
    {
        if (samples.Length % graph.Input.Count != 0)
        {
            throw new QuantizationException(
                $"calibration samples: {samples.Length} values are not a multiple of the {graph.Input.Count} of input '{graph.Input.Name}'");
        }

        foreach (float value in samples)
        {
            if (!float.IsFinite(value))
            {
                throw new QuantizationException($"calibration samples: input '{graph.Input.Name}' holds NaN or infinity");
            }
        }
    }
}
