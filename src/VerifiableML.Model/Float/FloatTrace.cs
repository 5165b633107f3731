using VerifiableML.Model.Onnx;

namespace VerifiableML.Model.Float;

/// <summary>Every tensor that one execution on one sample computed.</summary>
public sealed class FloatTrace
{
    private readonly IReadOnlyDictionary<string, FloatTensor> _tensors;

    internal FloatTrace(OnnxGraph graph, IReadOnlyDictionary<string, FloatTensor> tensors)
    {
        Graph = graph;
        _tensors = tensors;
    }

    /// <summary>The graph that was executed.</summary>
    public OnnxGraph Graph { get; }

    /// <summary>A tensor by name: the input, or what a node made.</summary>
    public FloatTensor this[string tensor] => _tensors[tensor];

    /// <summary>The graph's output.</summary>
    public FloatTensor Output => _tensors[Graph.Output.Name];
}
