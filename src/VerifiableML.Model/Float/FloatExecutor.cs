using System.Collections.Immutable;
using System.Runtime.ExceptionServices;
using VerifiableML.Model.Onnx;

namespace VerifiableML.Model.Float;

/// <summary>Runs a graph in 32-bit floating point, by the ONNX definitions, NCHW: the reference for calibration and comparison.</summary>
public sealed class FloatExecutor
{
    private readonly FloatPlan _plan;

    /// <summary>An executor for one graph; may be used from several threads.</summary>
    public FloatExecutor(OnnxGraph graph) => _plan = new FloatPlan(graph);

    /// <summary>The graph.</summary>
    public OnnxGraph Graph => _plan.Graph;

    /// <summary>Runs a batch, on all cores, and returns the outputs alone.</summary>
    /// <param name="samples">Inputs one after another, each of <c>Graph.Input.Count</c> elements in the order of
    /// <c>Graph.Input.Shape</c>.</param>
    /// <returns>Outputs one after another: shape <c>[B, …]</c>, where … is the output's shape without its batch axis.</returns>
    /// <exception cref="ArgumentException">The length is not a multiple of a sample's, or a value is NaN or infinite.</exception>
    /// <exception cref="ModelFormatException">A tensor inside the model has become NaN or infinite; the message names it.</exception>
    public FloatTensor Run(ReadOnlyMemory<float> samples)
    {
        OnnxTensorInfo output = Graph.Output;
        ImmutableArray<int> rest = Graph.HasBatchAxis && output.Shape is [1, ..] ? output.Shape[1..] : output.Shape;
        float[] results = new float[checked(CountSamples(samples) * output.Count)];
        Visit(samples, (sample, trace) => trace.Output.Values.CopyTo(results.AsSpan(sample * output.Count)));
        return new FloatTensor([results.Length / output.Count, .. rest], results);
    }

    /// <summary>Runs one sample and returns everything that was computed.</summary>
    /// <exception cref="ArgumentException">The length is wrong, or a value is NaN or infinite.</exception>
    /// <exception cref="ModelFormatException">A tensor inside the model has become NaN or infinite; the message names it.</exception>
    public FloatTrace Trace(ReadOnlyMemory<float> sample)
    {
        if (CountSamples(sample) != 1)
        {
            throw new ArgumentException($"input '{Graph.Input.Name}': {sample.Length} values where one sample has {Graph.Input.Count}");
        }

        FloatPlan.Workspace workspace = _plan.CreateWorkspace();
        workspace.Run(sample.Span);
        return workspace.Trace;
    }

    /// <summary>
    /// Runs a batch, on all cores, and shows every sample's trace to <paramref name="visit"/>, which is called from several threads at
    /// once. A
    /// trace's tensors are used again for other samples as soon as the call returns, so memory does not grow with the batch.
    /// </summary>
    /// <exception cref="ArgumentException">The length is not a multiple of a sample's, or a value is NaN or infinite.</exception>
    /// <exception cref="ModelFormatException">A tensor inside the model has become NaN or infinite; the message names it.</exception>
    public void Visit(ReadOnlyMemory<float> samples, Action<int, FloatTrace> visit)
    {
        int count = CountSamples(samples);
        int length = Graph.Input.Count;
        try
        {
            Parallel.For(
                0,
                count,
                new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount },
                _plan.CreateWorkspace,
                (sample, _, workspace) =>
                {
                    workspace.Run(samples.Span.Slice(sample * length, length));
                    visit(sample, workspace.Trace);
                    return workspace;
                },
                static _ => { });
        }
        catch (AggregateException exception)
        {
            ExceptionDispatchInfo.Throw(exception.InnerExceptions[0]);
        }
    }

    private int CountSamples(ReadOnlyMemory<float> samples)
    {
        OnnxTensorInfo input = Graph.Input;
        if (samples.IsEmpty || samples.Length % input.Count != 0)
        {
            throw new ArgumentException(
                $"input {input.Title}: {samples.Length} values are no whole number of samples of {input.Count}");
        }

        int bad = FiniteValues.IndexOfOther(samples.Span);
        return bad < 0
            ? samples.Length / input.Count
            : throw new ArgumentException(
                $"input '{input.Name}': element {bad % input.Count} of sample {bad / input.Count} is {samples.Span[bad]}");
    }
}
