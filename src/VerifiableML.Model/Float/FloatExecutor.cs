using VerifiableML.Model.Onnx;

namespace VerifiableML.Model.Float;

/// <summary>Runs a graph in 32-bit floating point, by the ONNX definitions, NCHW: the reference for calibration and comparison.</summary>
public sealed class FloatExecutor
{
    /// <summary>An executor for one graph; may be used from several threads.</summary>
    public FloatExecutor(OnnxGraph graph) => Graph = graph;

    /// <summary>The graph.</summary>
    public OnnxGraph Graph { get; }

    /// <summary>Runs a batch, on all cores, and returns the outputs alone.</summary>
    /// <param name="samples">Inputs one after another, each of <c>Graph.Input.Count</c> elements in the order of <c>Graph.Input.Shape</c>.</param>
    /// <returns>Outputs one after another: shape <c>[B, …]</c>, where … is the output's shape without its batch axis.</returns>
    /// <exception cref="ArgumentException">The length is not a multiple of a sample's, or a value is NaN or infinite.</exception>
    public FloatTensor Run(ReadOnlyMemory<float> samples) => throw new NotImplementedException();

    /// <summary>Runs one sample and returns everything that was computed.</summary>
    /// <exception cref="ArgumentException">The length is wrong, or a value is NaN or infinite.</exception>
    public FloatTrace Trace(ReadOnlyMemory<float> sample) => throw new NotImplementedException();

    /// <summary>
    /// Runs a batch, on all cores, and shows every sample's trace to <paramref name="visit"/>, which is called from several threads at once. A
    /// trace's tensors are used again for other samples as soon as the call returns, so memory does not grow with the batch.
    /// </summary>
    /// <exception cref="ArgumentException">The length is not a multiple of a sample's, or a value is NaN or infinite.</exception>
    public void Visit(ReadOnlyMemory<float> samples, Action<int, FloatTrace> visit) => throw new NotImplementedException();
}
