using VerifiableML.Model.Data;
using VerifiableML.Model.Execution;
using VerifiableML.Model.Float;
using VerifiableML.Model.Onnx;
using VerifiableML.Model.Quantization.Lowering;
using VerifiableML.Model.Quantized;

namespace VerifiableML.Model.Quantization;

/// <summary>Sums up what <see cref="AccuracyReport"/> reports; samples are compared from several threads.</summary>
internal sealed class AccuracyMeasurement
{
    private readonly QuantizedModel _model;
    private readonly IReadOnlyList<ValueSource?> _tensors;
    private readonly string _scores;
    private readonly int[] _outputOrder;
    private readonly Sums[] _sums;
    private readonly Lock _gate = new();
    private int _floatRight;
    private int _quantizedRight;
    private int _agreeing;
    private int _saturatedInputs;

    public AccuracyMeasurement(OnnxGraph graph, QuantizedModel model, IReadOnlyList<ValueSource?> tensors)
    {
        _model = model;
        _tensors = tensors;
        _scores = Scores(graph, model);
        _outputOrder = model.OutputLayout.Cells();
        _sums = [.. tensors.Select(_ => new Sums())];
    }

    /// <summary>Counts samples that do not fit the quantized input range.</summary>
    public void CountSaturated(ReadOnlySpan<float> batch)
    {
        QuantizedTensor input = _model.Input;
        for (int start = 0; start < batch.Length; start += input.Shape.Cells)
        {
            foreach (float value in batch.Slice(start, input.Shape.Cells))
            {
                float step = InputQuantizer.Step(value, input);
                if (step < input.Minimum || step > input.Maximum)
                {
                    _saturatedInputs++;
                    break;
                }
            }
        }
    }

    /// <summary>Compares one sample of a batch.</summary>
    public void Compare(ExecutionTrace trace, int sample, FloatTrace floats, int? label)
    {
        var sums = new Sums[_sums.Length];
        for (int value = 0; value < sums.Length; value++)
        {
            QuantizedTensor tensor = _model.Tensor(value);
            int cells = tensor.Shape.Cells;
            sums[value] = _tensors[value] is { } source
                ? Sums.Of(tensor, trace.Values[value].AsSpan(sample * cells, cells), floats[source.Tensor].Values, source.Cells)
                : new Sums();
        }

        int outputs = _model.Output.Shape.Cells;
        int quantizedClass = Greatest(trace.Output.AsSpan(sample * outputs, outputs));
        int floatClass = Greatest(floats[_scores].Values);
        lock (_gate)
        {
            for (int value = 0; value < sums.Length; value++)
            {
                _sums[value] = _sums[value].Plus(sums[value]);
            }

            _floatRight += floatClass == label ? 1 : 0;
            _quantizedRight += quantizedClass == label ? 1 : 0;
            _agreeing += floatClass == quantizedClass ? 1 : 0;
        }
    }

    /// <summary>The report.</summary>
    public AccuracyReport ToReport(SampleSet samples)
    {
        double count = samples.Count;
        List<LayerError> layers = [];
        for (int value = 0; value < _sums.Length; value++)
        {
            if (_tensors[value] is { } source)
            {
                layers.Add(_sums[value].ToError(source.Tensor, value == 0 ? "" : _model.Nodes[value - 1].Name, _model.Tensor(value).Scale));
            }
        }

        return new AccuracyReport(
            samples.Count,
            samples.Labels.IsEmpty ? null : _floatRight / count,
            samples.Labels.IsEmpty ? null : _quantizedRight / count,
            _agreeing / count,
            _saturatedInputs,
            [.. layers]);
    }

    /// <summary>The float tensor whose greatest element is the class: what a final ArgMax or Softmax reads, else the output.</summary>
    private static string Scores(OnnxGraph graph, QuantizedModel model)
    {
        string tensor = graph.Output.Name;
        while (model.PostProcessing == PostProcessing.ArgMax && graph.Producer(tensor) is { } node)
        {
            tensor = node.Inputs[0];
            if (node.OpType == "ArgMax")
            {
                break;
            }
        }

        return tensor;
    }

    private int Greatest(ReadOnlySpan<int> cells)
    {
        int greatest = 0;
        for (int i = 1; i < cells.Length; i++)
        {
            greatest = cells[_outputOrder[i]] > cells[_outputOrder[greatest]] ? i : greatest;
        }

        return greatest;
    }

    private static int Greatest(ReadOnlySpan<float> values)
    {
        int greatest = 0;
        for (int i = 1; i < values.Length; i++)
        {
            greatest = values[i] > values[greatest] ? i : greatest;
        }

        return greatest;
    }

    /// <summary>Errors of one value, summed over cells and samples.</summary>
    private readonly record struct Sums(double Worst, double Error, double Magnitude, long Saturated, long Cells)
    {
        public static Sums Of(QuantizedTensor tensor, ReadOnlySpan<int> integers, ReadOnlySpan<float> values, int[] cells)
        {
            double worst = 0;
            double error = 0;
            double magnitude = 0;
            long saturated = 0;
            for (int i = 0; i < values.Length; i++)
            {
                int integer = integers[cells[i]];
                double difference = Math.Abs((integer * tensor.Scale) - values[i]);
                worst = Math.Max(worst, difference);
                error += difference;
                magnitude += Math.Abs(values[i]);
                saturated += integer == tensor.Maximum || (integer == tensor.Minimum && integer != 0) ? 1 : 0;
            }

            return new Sums(worst, error, magnitude, saturated, values.Length);
        }

        public Sums Plus(Sums other) =>
            new(Math.Max(Worst, other.Worst), Error + other.Error, Magnitude + other.Magnitude, Saturated + other.Saturated, Cells + other.Cells);

        public LayerError ToError(string tensor, string node, double scale)
        {
            double count = Math.Max(1, Cells);
            return new LayerError(tensor, node, scale, Worst, Error / count, Magnitude / count, Saturated / count);
        }
    }
}
