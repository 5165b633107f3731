using VerifiableML.Model.Data;
using VerifiableML.Model.Execution;
using VerifiableML.Model.Float;
using VerifiableML.Model.Onnx;
using VerifiableML.Model.Quantization;
using VerifiableML.Model.Quantized;

namespace VerifiableML.Cli.Commands.Quantizing;

/// <summary>How the integers compare with the float model on the same samples.</summary>
/// <param name="Samples">Number of samples.</param>
/// <param name="FloatRight">Samples that the float model gets right; null without labels.</param>
/// <param name="QuantizedRight">Samples that the quantized model gets right; null without labels.</param>
/// <param name="Agreements">Samples on which both see the same class.</param>
/// <param name="MeanError">Mean absolute difference of the outputs, in real numbers; null where the source model's output is not what is proven.</param>
/// <param name="WorstError">Greatest absolute difference of the outputs.</param>
internal sealed record AccuracyComparison(
    int Samples, int? FloatRight, int? QuantizedRight, int Agreements, double? MeanError, double? WorstError)
{
    private const int Chunk = 256;

    /// <summary>Runs both models on all samples.</summary>
    /// <param name="graph">The float model.</param>
    /// <param name="model">The quantized model.</param>
    /// <param name="samples">The samples, with labels or without.</param>
    /// <param name="progress">Told the number of samples that are done.</param>
    public static AccuracyComparison Of(OnnxGraph graph, QuantizedModel model, SampleSet samples, IProgress<string> progress)
    {
        var real = new FloatExecutor(graph);
        var integer = new VectorExecutor();
        var sums = new Sums(model.PostProcessing == PostProcessing.None);
        for (int start = 0; start < samples.Count; start += Chunk)
        {
            int count = Math.Min(Chunk, samples.Count - start);
            ReadOnlyMemory<float> values = samples.Values.AsMemory(start * samples.SampleLength, count * samples.SampleLength);
            float[] expected = real.Run(values).Data;
            int[] output = integer.Execute(model, InputQuantizer.Quantize(model, values.Span, saturate: true), count).Output;
            sums.Add(expected, InputQuantizer.Dequantize(model, output), Classes(expected, count, model.PostProcessing),
                InputQuantizer.ArgMax(model, output), samples.Labels.IsEmpty ? [] : samples.Labels.AsSpan(start, count));
            progress.Report($"{start + count} of {samples.Count}");
        }

        return sums.Result(samples.Count, hasLabels: !samples.Labels.IsEmpty);
    }

    private static int[] Classes(float[] outputs, int count, PostProcessing postProcessing)
    {
        int length = outputs.Length / count;
        var classes = new int[count];
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<float> row = outputs.AsSpan(i * length, length);
            classes[i] = postProcessing == PostProcessing.ArgMax ? (int)row[0] : row.IndexOf(System.Numerics.Tensors.TensorPrimitives.Max(row));
        }

        return classes;
    }

    private sealed class Sums(bool comparable)
    {
        private int _floatRight;
        private int _quantizedRight;
        private int _agreements;
        private double _error;
        private double _worst;
        private long _values;

        public void Add(float[] expected, float[] found, int[] expectedClasses, int[] foundClasses, ReadOnlySpan<int> labels)
        {
            for (int i = 0; i < expectedClasses.Length; i++)
            {
                _agreements += expectedClasses[i] == foundClasses[i] ? 1 : 0;
                _floatRight += !labels.IsEmpty && expectedClasses[i] == labels[i] ? 1 : 0;
                _quantizedRight += !labels.IsEmpty && foundClasses[i] == labels[i] ? 1 : 0;
            }

            for (int i = 0; comparable && i < expected.Length; i++)
            {
                double error = Math.Abs(expected[i] - found[i]);
                _error += error;
                _worst = Math.Max(_worst, error);
                _values++;
            }
        }

        public AccuracyComparison Result(int samples, bool hasLabels) => new(
            samples, hasLabels ? _floatRight : null, hasLabels ? _quantizedRight : null, _agreements,
            comparable ? _error / _values : null, comparable ? _worst : null);
    }
}
