using System.Collections.Immutable;
using System.Text;
using VerifiableML.Model.Onnx.Operators;
using VerifiableML.Model.Onnx.Schema;

namespace VerifiableML.Model.Onnx;

/// <summary>Makes checked nodes of those in a file. What an operator makes of its inputs is checked later.</summary>
/// <param name="file">The file's name, for messages.</param>
/// <param name="limits">Limits.</param>
/// <param name="opsets">Version of each operator domain.</param>
/// <param name="tensors">Decodes tensors in attributes.</param>
internal sealed class NodeDecoder(string file, OnnxLimits limits, IReadOnlyDictionary<string, int> opsets, TensorDecoder tensors)
{
    private const int UnsupportedListed = 12;
    private readonly HashSet<string> _names = [];

    /// <summary>All nodes. Unsupported operators are looked for first, so that all of them are named at once.</summary>
    public ImmutableArray<OnnxNode> Decode(IReadOnlyList<NodeMessage> messages)
    {
        if (messages.Count > limits.Nodes)
        {
            throw Error("graph", $"more than {limits.Nodes} nodes");
        }

        RefuseUnsupported(messages);
        return [.. messages.Select(Decode)];
    }

    /// <summary>A domain as it is written here: the standard one has two names.</summary>
    public static string Domain(string domain) => domain == "ai.onnx" ? "" : domain;

    private void RefuseUnsupported(IReadOnlyList<NodeMessage> messages)
    {
        string[] unsupported =
        [
            .. messages
                .Select((message, index) => (message, index))
                .Where(pair => OnnxOperators.Signature(Domain(pair.message.Domain), pair.message.OpType) is null)
                .Select(pair => $"{Title(pair.message)} (node '{Shorten(Label(pair.message, pair.index))}')"),
        ];
        if (unsupported.Length > 0)
        {
            string more = unsupported.Length > UnsupportedListed ? $" and {unsupported.Length - UnsupportedListed} more" : "";
            throw Error("unsupported operators", string.Join(", ", unsupported.Take(UnsupportedListed)) + more);
        }

        static string Title(NodeMessage message) =>
            Domain(message.Domain).Length == 0 ? Shorten(message.OpType) : $"{Shorten(message.Domain)}.{Shorten(message.OpType)}";
    }

    private OnnxNode Decode(NodeMessage message, int index)
    {
        string label = Label(message, index);
        string place = $"node '{label}' ({message.OpType})";
        string domain = Domain(message.Domain);
        OperatorSignature op = OnnxOperators.Signature(domain, message.OpType)!;
        if (!opsets.TryGetValue(domain, out int opset))
        {
            throw Error(place, $"the file imports no operator set for domain '{domain}'");
        }

        foreach (string name in message.Input.Concat(message.Output).Append(message.Name))
        {
            if (name.Length > limits.NameLength)
            {
                throw Error($"node '{Shorten(label)}'", $"a name is longer than {limits.NameLength}");
            }
        }

        if (message.Input.Count < op.LeastInputs || message.Input.Count > op.MostInputs)
        {
            throw Error(place, $"{message.Input.Count} inputs where {op.LeastInputs} to {op.MostInputs} are expected");
        }

        if (message.Output.Count < 1 || message.Output.Count > op.MostOutputs || message.Output[0].Length == 0)
        {
            throw Error(place, $"{message.Output.Count} outputs where 1 to {op.MostOutputs} are expected, the first one named");
        }

        Dictionary<string, AttributeValue> attributes = [];
        foreach (AttributeMessage attribute in message.Attribute)
        {
            if (!op.Attributes.Contains(attribute.Name))
            {
                throw Error(place, $"attribute '{Shorten(attribute.Name)}' is not supported");
            }

            AttributeValue value = Value(attribute, place);
            if (!AttributeKinds.Fit(attribute.Name, value))
            {
                throw Error(place, $"attribute '{attribute.Name}' has the wrong type");
            }

            if (!attributes.TryAdd(attribute.Name, value))
            {
                throw Error(place, $"attribute '{attribute.Name}' is given twice");
            }
        }

        // Names need not be unique in a file; here they are, so that messages and reports can be told apart.
        string unique = label;
        while (!_names.Add(unique))
        {
            unique = $"{unique}#{index}";
        }

        return new OnnxNode(file, unique, domain, message.OpType, opset, [.. message.Input], [.. message.Output], attributes);
    }

    private AttributeValue Value(AttributeMessage message, string place)
    {
        string at = $"{place}, attribute '{message.Name}'";
        if (message.RefAttrName.Length > 0)
        {
            throw Error(at, "refers to a function's parameter, which is not supported");
        }

        return Kind(message) switch
        {
            1 => new FloatValue(NotNaN(message.F, at)),
            2 => new IntegerValue(message.I),
            3 when message.S.Length > limits.NameLength => throw Error(at, "the text is too long"),
            3 => new TextValue(Encoding.UTF8.GetString(message.S.Span)),
            4 => new TensorValue(tensors.Decode(message.T ?? throw Error(at, "no tensor is given"), "", at)),
            6 or 7 when IsTooLong(message) => throw Error(at, $"the list is longer than {OnnxLimits.GreatestList}"),
            6 => new FloatListValue([.. message.Floats.Select(value => NotNaN(value, at))]),
            7 => new IntegerListValue([.. message.Ints]),
            int kind => throw Error(at, $"kind {kind} (nested graphs, sparse tensors, lists of texts or tensors) is not supported"),
        };
    }

    // Lists parametrize operators, but for those that are constants themselves.
    private static bool IsTooLong(AttributeMessage message) =>
        message.Name is not ("value_floats" or "value_ints") && message.Floats.Count + message.Ints.Count > OnnxLimits.GreatestList;

    /// <summary>The attribute's kind; files of the oldest form do not state it.</summary>
    private static int Kind(AttributeMessage message) => message.Type != 0 ? message.Type
        : message.HasF ? 1 : message.HasI ? 2 : message.HasS ? 3 : message.T is not null ? 4
        : message.Floats.Count > 0 ? 6 : message.Ints.Count > 0 ? 7 : 0;

    private float NotNaN(float value, string place) => float.IsNaN(value) ? throw Error(place, "is NaN") : value;

    private static string Label(NodeMessage message, int index) =>
        message.Name.Length > 0 ? message.Name : $"{Shorten(message.OpType)}_{index}";

    private static string Shorten(string text) => text.Length <= 64 ? text : text[..64] + "…";

    private ModelFormatException Error(string place, string cause) => ModelFormatException.At(file, place, cause);
}
