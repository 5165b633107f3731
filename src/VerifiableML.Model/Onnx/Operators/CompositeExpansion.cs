using System.Collections.Immutable;

namespace VerifiableML.Model.Onnx.Operators;

/// <summary>Replaces nodes of operators that are defined by others.</summary>
internal sealed class CompositeExpansion
{
    private readonly ImmutableArray<OnnxNode>.Builder _nodes = ImmutableArray.CreateBuilder<OnnxNode>();
    private readonly ImmutableArray<OnnxTensor>.Builder _constants = ImmutableArray.CreateBuilder<OnnxTensor>();
    private OnnxNode? _current;
    private int _parts;

    private CompositeExpansion()
    {
    }

    /// <summary>The nodes without composite ones, and the constants that their replacements need.</summary>
    public static (ImmutableArray<OnnxNode> Nodes, ImmutableArray<OnnxTensor> Constants) Expand(ImmutableArray<OnnxNode> nodes)
    {
        CompositeExpansion expansion = new();
        foreach (OnnxNode node in nodes)
        {
            if (OnnxOperators.Composite(node.Domain, node.OpType) is { } op)
            {
                (expansion._current, expansion._parts) = (node, 0);
                op.Expand(node, expansion);
            }
            else
            {
                expansion._nodes.Add(node);
            }
        }

        return (expansion._nodes.ToImmutable(), expansion._constants.ToImmutable());
    }

    /// <summary>The name of a constant of one number.</summary>
    public string Constant(float value)
    {
        string name = Fresh();
        _constants.Add(new OnnxTensor(name, [], [value]));
        return name;
    }

    /// <summary>Adds a node and returns the name of the tensor that it makes.</summary>
    public string Add(string opType, ImmutableArray<string> inputs, params (string Name, AttributeValue Value)[] attributes)
    {
        string output = Fresh();
        Write(opType, inputs, output, attributes);
        return output;
    }

    /// <summary>Adds the node that makes the output of the node that is replaced.</summary>
    public void Finish(string opType, ImmutableArray<string> inputs, params (string Name, AttributeValue Value)[] attributes) =>
        Write(opType, inputs, _current!.Output, attributes);

    private void Write(string opType, ImmutableArray<string> inputs, string output, (string Name, AttributeValue Value)[] attributes)
    {
        IEnumerable<KeyValuePair<string, AttributeValue>> values = attributes.Select(pair => KeyValuePair.Create(pair.Name, pair.Value));
        _nodes.Add(_current!.Part($"{opType}_{_parts++}", opType, inputs, output, values));
    }

    // A file that uses such a name itself is refused later, because the tensor exists already.
    private string Fresh() => $"{_current!.Output}/part_{_parts++}";
}
