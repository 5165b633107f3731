using System.Collections.Frozen;
using System.Collections.Immutable;

namespace VerifiableML.Model.Onnx;

/// <summary>One operation of a graph.</summary>
public sealed class OnnxNode
{
    private readonly string _file;
    private readonly FrozenDictionary<string, AttributeValue> _attributes;

    /// <summary>A node.</summary>
    /// <param name="file">The file it comes from, for error messages.</param>
    /// <param name="name">Its name, unique in its graph.</param>
    /// <param name="domain">Operator domain; empty for the standard one.</param>
    /// <param name="opType">Operator.</param>
    /// <param name="opset">Version of the domain's operators that the model was written for.</param>
    /// <param name="inputs">Names of the tensors that it reads; empty for an optional one that is left out.</param>
    /// <param name="outputs">Names of the tensors that it makes; empty for one that is left out.</param>
    /// <param name="attributes">Its attributes by name.</param>
    public OnnxNode(
        string file, string name, string domain, string opType, int opset, ImmutableArray<string> inputs, ImmutableArray<string> outputs,
        IEnumerable<KeyValuePair<string, AttributeValue>> attributes)
    {
        _file = file;
        Name = name;
        Domain = domain;
        OpType = opType;
        Opset = opset;
        Inputs = inputs;
        Outputs = outputs;
        _attributes = attributes.ToFrozenDictionary();
    }

    /// <summary>The node's name, unique in its graph; made up from operator and position where the file has none.</summary>
    public string Name { get; }

    /// <summary>Operator domain; empty for the standard one.</summary>
    public string Domain { get; }

    /// <summary>Operator, as <c>Conv</c>.</summary>
    public string OpType { get; }

    /// <summary>Version of the operators of <see cref="Domain"/> that the model was written for.</summary>
    public int Opset { get; }

    /// <summary>Names of the tensors that it reads; empty for an optional one that is left out.</summary>
    public ImmutableArray<string> Inputs { get; }

    /// <summary>Names of the tensors that it makes. Only the first can be used by other nodes.</summary>
    public ImmutableArray<string> Outputs { get; }

    /// <summary>The tensor that it makes.</summary>
    public string Output => Outputs[0];

    /// <summary>Names of the attributes that are set.</summary>
    public IEnumerable<string> AttributeNames => _attributes.Keys;

    /// <summary>True where the optional input <paramref name="index"/> is there.</summary>
    public bool HasInput(int index) => index < Inputs.Length && Inputs[index].Length > 0;

    /// <summary>True where the attribute is set.</summary>
    public bool Has(string attribute) => _attributes.ContainsKey(attribute);

    /// <summary>An integer attribute.</summary>
    /// <exception cref="ModelFormatException">The attribute is of another type.</exception>
    public long Integer(string attribute, long missing) => Get<IntegerValue>(attribute)?.Value ?? missing;

    /// <summary>A float attribute.</summary>
    /// <exception cref="ModelFormatException">The attribute is of another type.</exception>
    public float Float(string attribute, float missing) => Get<FloatValue>(attribute)?.Value ?? missing;

    /// <summary>A text attribute.</summary>
    /// <exception cref="ModelFormatException">The attribute is of another type.</exception>
    public string Text(string attribute, string missing) => Get<TextValue>(attribute)?.Value ?? missing;

    /// <summary>An attribute that is a list of integers, or null.</summary>
    /// <exception cref="ModelFormatException">The attribute is of another type.</exception>
    public ImmutableArray<long>? Integers(string attribute) => Get<IntegerListValue>(attribute)?.Values;

    /// <summary>An attribute that is a list of floats, or null.</summary>
    /// <exception cref="ModelFormatException">The attribute is of another type.</exception>
    public ImmutableArray<float>? Floats(string attribute) => Get<FloatListValue>(attribute)?.Values;

    /// <summary>An attribute that is a tensor, or null.</summary>
    /// <exception cref="ModelFormatException">The attribute is of another type.</exception>
    public OnnxTensor? Tensor(string attribute) => Get<TensorValue>(attribute)?.Value;

    /// <summary>A node that does part of this one's work.</summary>
    internal OnnxNode Part(
        string suffix,
        string opType,
        ImmutableArray<string> inputs,
        string output,
        IEnumerable<KeyValuePair<string, AttributeValue>> attributes) =>
        new(_file, $"{Name}/{suffix}", "", opType, Opset, inputs, [output], attributes);

    /// <summary>An error about this node: the message names file, node and operator.</summary>
    public ModelFormatException Error(string cause) => ModelFormatException.At(_file, $"node '{Name}' ({OpType})", cause);

    /// <inheritdoc/>
    public override string ToString() => $"{OpType} '{Name}'";

    private T? Get<T>(string name)
        where T : AttributeValue
    {
        if (!_attributes.TryGetValue(name, out AttributeValue? attribute))
        {
            return null;
        }

        return attribute as T ?? throw Error($"attribute '{name}' has the wrong type");
    }
}
