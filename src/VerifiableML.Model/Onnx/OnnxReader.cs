using System.Collections.Immutable;
using Google.Protobuf;
using VerifiableML.Model.Onnx.Operators;
using VerifiableML.Model.Onnx.Schema;

namespace VerifiableML.Model.Onnx;

/// <summary>
/// Reads ONNX files: untrusted bytes in, a checked <see cref="OnnxGraph"/> or one <see cref="ModelFormatException"/> out.
/// </summary>
public static class OnnxReader
{
    /// <summary>Reads a model from a file.</summary>
    /// <exception cref="ModelFormatException">The file cannot be read or its content cannot be used.</exception>
    public static OnnxGraph Read(string path, OnnxLimits? limits = null)
    {
        string name = Path.GetFileName(path);
        try
        {
            using FileStream stream = File.OpenRead(path);
            int most = (limits ?? OnnxLimits.Default).FileBytes;
            if (stream.Length > most)
            {
                throw ModelFormatException.At(name, "file", $"{stream.Length} bytes are more than {most}");
            }

            byte[] bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return Read(bytes, name, limits);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new ModelFormatException($"{path}: cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>Reads a model from memory.</summary>
    /// <param name="bytes">The file's content.</param>
    /// <param name="name">What error messages call the file.</param>
    /// <param name="limits">Limits, or null for the default ones.</param>
    /// <exception cref="ModelFormatException">The content cannot be used.</exception>
    public static OnnxGraph Read(ReadOnlyMemory<byte> bytes, string name, OnnxLimits? limits = null) =>
        Read(bytes, name, limits ?? OnnxLimits.Default, mayCountSamples: true);

    /// <summary>Reads a model; a first axis of fixed extent above 1 is no batch axis unless <paramref name="mayCountSamples"/>.</summary>
    internal static OnnxGraph Read(ReadOnlyMemory<byte> bytes, string name, OnnxLimits limits, bool mayCountSamples)
    {
        ModelMessage model = Parse(bytes, name, limits);
        GraphMessage graph = model.Graph ?? throw ModelFormatException.At(name, "file", "holds no graph");
        if (model.Functions.Count > 0 || graph.SparseInitializer.Count > 0)
        {
            throw ModelFormatException.At(name, "file", "functions of the model's own and sparse initializers are not supported");
        }

        TensorDecoder tensors = new(name, limits);
        ImmutableArray<OnnxNode> decoded = new NodeDecoder(name, limits, OperatorSets.Of(model, name), tensors).Decode(graph.Node);
        (ImmutableArray<OnnxNode> nodes, ImmutableArray<OnnxTensor> constants) = CompositeExpansion.Expand(decoded);
        ImmutableArray<OnnxTensor> initializers = [.. Initializers(graph, name, limits, tensors), .. constants];
        ValueMessage input = TheInput(graph, name, limits, initializers);
        ValueMessage output = TheOutput(graph, name);
        ImmutableArray<OnnxNode> sorted = NodeOrder.Sort(nodes, initializers.Select(tensor => tensor.Name).Append(input.Name).ToHashSet());
        ImmutableArray<InputDeclaration> candidates = InputDeclaration.Candidates(name, input, limits);
        GraphBuilder builder = new(name, sorted, initializers, output, limits);
        return builder.Build(graph.Name, mayCountSamples ? candidates : candidates[^1..]);
    }

    private static ModelMessage Parse(ReadOnlyMemory<byte> bytes, string name, OnnxLimits limits)
    {
        if (bytes.Length > limits.FileBytes)
        {
            throw ModelFormatException.At(name, "file", $"{bytes.Length} bytes are more than {limits.FileBytes}");
        }

        if (bytes.IsEmpty)
        {
            throw ModelFormatException.At(name, "file", "is empty");
        }

        if (WireFormatBudget.Check(bytes.Span, ModelMessage.Descriptor, limits) is { } problem)
        {
            throw ModelFormatException.At(name, "file", $"is no ONNX model that can be read: {problem}");
        }

        try
        {
            return ModelMessage.Parser.WithDiscardUnknownFields(true).ParseFrom(bytes.Span);
        }
        catch (InvalidProtocolBufferException exception)
        {
            throw new ModelFormatException($"{name}: file: is no ONNX model: {exception.Message}", exception);
        }
    }

    private static ImmutableArray<OnnxTensor> Initializers(GraphMessage graph, string file, OnnxLimits limits, TensorDecoder decoder)
    {
        HashSet<string> names = [];
        ImmutableArray<OnnxTensor>.Builder tensors = ImmutableArray.CreateBuilder<OnnxTensor>(graph.Initializer.Count);
        foreach (TensorMessage message in graph.Initializer)
        {
            string place = $"tensor '{message.Name}'";
            if (message.Name.Length == 0 || message.Name.Length > limits.NameLength || !names.Add(message.Name))
            {
                throw ModelFormatException.At(file, place, "has no name, one that is too long, or one that is used twice");
            }

            tensors.Add(decoder.Decode(message, message.Name, place));
        }

        return tensors.ToImmutable();
    }

    private static ValueMessage TheInput(GraphMessage graph, string file, OnnxLimits limits, ImmutableArray<OnnxTensor> initializers)
    {
        // Old files list their initializers among the inputs as well.
        HashSet<string> given = [.. initializers.Select(tensor => tensor.Name)];
        ValueMessage[] inputs = [.. graph.Input.Where(value => !given.Contains(value.Name))];
        if (inputs.Length != 1 || inputs[0].Name.Length == 0 || inputs[0].Name.Length > limits.NameLength)
        {
            throw ModelFormatException.At(file, "graph", $"exactly one named input is supported; there are {inputs.Length}{List(inputs)}");
        }

        return inputs[0];
    }

    private static ValueMessage TheOutput(GraphMessage graph, string file) => graph.Output.Count == 1 && graph.Output[0].Name.Length > 0
        ? graph.Output[0]
        : throw ModelFormatException.At(
            file, "graph", $"exactly one named output is supported; there are {graph.Output.Count}{List(graph.Output)}");

    private static string List(IReadOnlyCollection<ValueMessage> values) =>
        values.Count == 0 ? "" : $" ({string.Join(", ", values.Take(8).Select(value => $"'{value.Name}'"))})";
}
