using VerifiableML.Model.Float;
using VerifiableML.Model.Onnx;
using VerifiableML.Model.Quantization.Lowering;

namespace VerifiableML.Model.Quantization;

/// <summary>What the calibration samples say about the tensors of a model.</summary>
internal sealed class Calibration
{
    private readonly Dictionary<LinearLayer, Histogram> _layers;

    private Calibration(Dictionary<LinearLayer, Histogram> layers, double inputMaximum)
    {
        (_layers, InputMaximum) = (layers, inputMaximum);
    }

    /// <summary>Greatest absolute value of an input; 0 without samples.</summary>
    public double InputMaximum { get; }

    /// <summary>Runs the model in floating point on the samples, twice, and looks at what the given layers make.</summary>
    public static Calibration Run(
        OnnxGraph graph, IEnumerable<LinearLayer> layers, ReadOnlyMemory<float> samples, QuantizerOptions options, IProgress<double>? progress)
    {
        ReadOnlyMemory<float> chosen = Choose(samples, graph.Input.Count, options.CalibrationSamples);
        Dictionary<LinearLayer, Histogram> histograms = layers.ToDictionary(layer => layer, _ => new Histogram());
        double inputMaximum = 0;
        foreach (float value in samples.Span)
        {
            inputMaximum = Math.Max(inputMaximum, Math.Abs(value));
        }

        if (histograms.Count > 0)
        {
            var executor = new FloatExecutor(graph);
            Pass(executor, chosen, histograms, (histogram, values, function) => histogram.Widen(values, function), 0, progress);
            Pass(executor, chosen, histograms, (histogram, values, function) => histogram.Count(values, function), 0.5, progress);
        }

        return new Calibration(histograms, inputMaximum);
    }

    /// <summary>The best value at which a layer's output saturates.</summary>
    public double Clip(LinearLayer layer) => _layers[layer].BestClip(OutputGrid.Greatest);

    private delegate void Look(Histogram histogram, ReadOnlySpan<float> values, Func<double, int, double> function);

    private static void Pass(
        FloatExecutor executor, ReadOnlyMemory<float> samples, Dictionary<LinearLayer, Histogram> histograms, Look look, double start, IProgress<double>? progress)
    {
        int count = samples.Length / executor.Graph.Input.Count;
        int done = 0;
        executor.Visit(samples, (_, trace) =>
        {
            foreach ((LinearLayer layer, Histogram histogram) in histograms)
            {
                look(histogram, trace[layer.PreTensor].Values, Output(layer));
            }

            progress?.Report(start + (0.5 * Interlocked.Increment(ref done) / count));
        });
    }

    /// <summary>A layer's output from an element of its <see cref="LinearLayer.PreTensor"/>.</summary>
    private static Func<double, int, double> Output(LinearLayer layer)
    {
        ActivationFunction function = layer.Function ?? ClipFunction.Identity;
        return layer.PreTensorExcess is { } excess
            ? (value, index) => function.Apply(value - excess[index])
            : (value, _) => function.Apply(value);
    }

    private static ReadOnlyMemory<float> Choose(ReadOnlyMemory<float> samples, int length, int most)
    {
        int count = samples.Length / length;
        if (count <= most)
        {
            return samples;
        }

        var chosen = new float[most * length];
        for (int i = 0; i < most; i++)
        {
            samples.Span.Slice((int)((long)i * count / most) * length, length).CopyTo(chosen.AsSpan(i * length));
        }

        return chosen;
    }
}
