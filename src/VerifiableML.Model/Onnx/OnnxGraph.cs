using System.Collections.Frozen;
using System.Collections.Immutable;
using VerifiableML.Model.Onnx.Operators;

namespace VerifiableML.Model.Onnx;

/// <summary>
/// A checked model. Every operator in it is supported, nodes stand in an order in which each reads only what came before, what depends on
/// constants alone has been computed (but for <c>QuantizeLinear</c> and <c>DequantizeLinear</c>, whose scales matter to whoever imports a
/// quantized model), nodes that do not reach the output are gone, and the type and shape of every tensor are known.
/// </summary>
/// <remarks>
/// Shapes are those of <b>one sample</b>. Where the model has a batch axis, that is axis 0 of the input with extent 1: a batch of
/// B samples is B independent executions.
/// </remarks>
public sealed class OnnxGraph
{
    private readonly FrozenDictionary<string, OnnxTensorInfo> _tensors;
    private readonly FrozenDictionary<string, OnnxTensor> _constants;
    private readonly FrozenDictionary<string, OnnxNode> _producers;
    private readonly ILookup<string, OnnxNode> _consumers;

    internal OnnxGraph(
        string file, string name, OnnxTensorInfo input, OnnxTensorInfo output, bool hasBatchAxis, ImmutableArray<OnnxNode> nodes,
        IEnumerable<OnnxTensorInfo> tensors, IEnumerable<OnnxTensor> constants)
    {
        File = file;
        Name = name;
        Input = input;
        Output = output;
        HasBatchAxis = hasBatchAxis;
        Nodes = nodes;
        _tensors = tensors.ToFrozenDictionary(tensor => tensor.Name);
        _constants = constants.ToFrozenDictionary(tensor => tensor.Name);
        _producers = nodes.ToFrozenDictionary(node => node.Output);
        _consumers = nodes
            .SelectMany(node => node.Inputs.Where(tensor => tensor.Length > 0).Distinct(), (node, tensor) => (node, tensor))
            .ToLookup(pair => pair.tensor, pair => pair.node);
    }

    /// <summary>The file's name, for messages.</summary>
    public string File { get; }

    /// <summary>The graph's name.</summary>
    public string Name { get; }

    /// <summary>The one input that is not a constant.</summary>
    public OnnxTensorInfo Input { get; }

    /// <summary>The one output.</summary>
    public OnnxTensorInfo Output { get; }

    /// <summary>True where axis 0 of the input (of extent 1 here) counts samples.</summary>
    public bool HasBatchAxis { get; }

    /// <summary>The operations, each after those that it depends on.</summary>
    public ImmutableArray<OnnxNode> Nodes { get; }

    /// <summary>All tensors that nodes read or make, constants among them.</summary>
    public ImmutableArray<OnnxTensorInfo> Tensors => _tensors.Values;

    /// <summary>All constants that nodes read.</summary>
    public ImmutableArray<OnnxTensor> Constants => _constants.Values;

    /// <summary>Type and shape of a tensor.</summary>
    public OnnxTensorInfo Tensor(string name) => _tensors[name];

    /// <summary>Shape of a tensor.</summary>
    public ImmutableArray<int> Shape(string name) => _tensors[name].Shape;

    /// <summary>The values of a tensor, or null where they depend on the input.</summary>
    public OnnxTensor? Constant(string name) => _constants.GetValueOrDefault(name);

    /// <summary>The node that makes a tensor, or null for the input and for constants.</summary>
    public OnnxNode? Producer(string tensor) => _producers.GetValueOrDefault(tensor);

    /// <summary>The nodes that read a tensor, in order.</summary>
    public IEnumerable<OnnxNode> Consumers(string tensor) => _consumers[tensor];

    /// <summary>A node with what is known of its inputs, as its operator's class takes it.</summary>
    internal OperatorContext Context(OnnxNode node) => new(node, Tensor, Constant);
}
