using System.Collections.Immutable;
using VerifiableML.Model.Data;
using VerifiableML.Model.Execution;
using VerifiableML.Model.Float;
using VerifiableML.Model.Onnx;
using VerifiableML.Model.Quantization.Lowering;
using VerifiableML.Model.Quantized;

namespace VerifiableML.Model.Quantization;

/// <summary>How far one value of the quantized model is from the tensor that it stands for, over a data set; real units.</summary>
/// <param name="Tensor">Name of the tensor in the source model.</param>
/// <param name="Node">Name of the node that makes it; empty for the input.</param>
/// <param name="Scale">Real value of one integer step.</param>
/// <param name="WorstError">Greatest absolute difference.</param>
/// <param name="MeanError">Mean absolute difference.</param>
/// <param name="MeanMagnitude">Mean absolute value of the float tensor, to compare with.</param>
/// <param name="SaturatedShare">Share of cells at either end of the integer range, between 0 and 1.</param>
public sealed record LayerError(
    string Tensor, string Node, double Scale, double WorstError, double MeanError, double MeanMagnitude, double SaturatedShare);

/// <summary>The quantized model against the float model that it was made from, over a data set.</summary>
/// <param name="Samples">Number of samples.</param>
/// <param name="FloatAccuracy">Share of samples that the float model classifies right; null without labels.</param>
/// <param name="QuantizedAccuracy">The same of the quantized model.</param>
/// <param name="Agreement">Share of samples on which both name the same class.</param>
/// <param name="SaturatedInputs">Samples with a value outside the quantized range, which were saturated here and would be refused by default.</param>
/// <param name="Layers">Errors of each value that stands for a tensor of the source model, in order.</param>
public sealed record AccuracyReport(
    int Samples, double? FloatAccuracy, double? QuantizedAccuracy, double Agreement, int SaturatedInputs, ImmutableArray<LayerError> Layers)
{
    private const int BatchSize = 64;

    /// <summary>Runs both models on all samples, on all cores.</summary>
    /// <param name="graph">The float model.</param>
    /// <param name="model">What <see cref="Quantizer"/> made of it.</param>
    /// <param name="samples">The samples; labels are optional.</param>
    /// <param name="progress">Told the share of samples that are done.</param>
    /// <exception cref="ArgumentException">The model was not made from this graph, or the samples do not fit it.</exception>
    public static AccuracyReport Measure(OnnxGraph graph, QuantizedModel model, SampleSet samples, IProgress<double>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(samples);
        if (samples.Count == 0 || samples.SampleLength != graph.Input.Count)
        {
            throw new ArgumentException($"samples of {samples.SampleLength} values for input '{graph.Input.Name}' of {graph.Input.Count}, or none");
        }

        LoweredModel lowered = ModelLowering.Lower(graph);
        if (lowered.Layers.Count != model.Nodes.Length || lowered.Layers.Where((layer, i) => layer.Shape != model.Nodes[i].Output.Shape).Any())
        {
            throw new ArgumentException($"model '{model.Name}' was not made from {graph.File}");
        }

        var measurement = new AccuracyMeasurement(graph, model, lowered.Tensors);
        var floats = new FloatExecutor(graph);
        var integers = new VectorExecutor();
        for (int start = 0; start < samples.Count; start += BatchSize)
        {
            int first = start;
            int count = Math.Min(BatchSize, samples.Count - start);
            ReadOnlyMemory<float> batch = samples.Values.AsMemory(start * samples.SampleLength, count * samples.SampleLength);
            measurement.CountSaturated(batch.Span);
            ExecutionTrace trace = integers.Execute(model, InputQuantizer.Quantize(model, batch.Span, saturate: true), count);
            floats.Visit(batch, (sample, floatTrace) =>
                measurement.Compare(trace, sample, floatTrace, samples.Labels.IsEmpty ? null : samples.Labels[first + sample]));
            progress?.Report((start + count) / (double)samples.Count);
        }

        return measurement.ToReport(samples);
    }
}
