using Google.Protobuf;
using VerifiableML.Model.Onnx;
using VerifiableML.Model.Onnx.Schema;

namespace VerifiableML.Model.Tests.Onnx;

/// <summary>Writes small ONNX files for tests, right ones and wrong ones.</summary>
internal static class ModelFile
{
    public static string TestData(params string[] path) => Path.Combine([AppContext.BaseDirectory, "TestData", .. path]);

    /// <summary>A model with one input <c>x</c> of floats and one output <c>y</c>.</summary>
    public static ModelMessage Of(int opset, long[] inputShape, params NodeMessage[] nodes)
    {
        GraphMessage graph = new() { Name = "test" };
        graph.Node.Add(nodes);
        graph.Input.Add(Value("x", inputShape));
        graph.Output.Add(new ValueMessage { Name = "y" });
        ModelMessage model = new() { IrVersion = 8, Graph = graph };
        model.OpsetImport.Add(new OperatorSetMessage { Version = opset });
        return model;
    }

    public static ValueMessage Value(string name, long[] shape, int elementType = 1)
    {
        ShapeMessage extents = new();
        foreach (long extent in shape)
        {
            extents.Dim.Add(extent < 0 ? new DimensionMessage { DimParam = "n" } : new DimensionMessage { DimValue = extent });
        }

        TensorTypeMessage type = new() { ElemType = elementType, Shape = extents };
        return new ValueMessage { Name = name, Type = new TypeMessage { TensorType = type } };
    }

    public static NodeMessage Node(string opType, string inputs, string outputs, params (string Name, object Value)[] attributes)
    {
        NodeMessage node = new() { OpType = opType };
        node.Input.Add(inputs.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(name => name == "-" ? "" : name));
        node.Output.Add(outputs.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        foreach ((string name, object value) in attributes)
        {
            node.Attribute.Add(Attribute(name, value));
        }

        return node;
    }

    public static ModelMessage With(this ModelMessage model, params TensorMessage[] initializers)
    {
        model.Graph.Initializer.Add(initializers);
        return model;
    }

    public static TensorMessage Floats(string name, long[] shape, params float[] values)
    {
        TensorMessage tensor = new() { Name = name, DataType = 1 };
        tensor.Dims.Add(shape);
        tensor.FloatData.Add(values);
        return tensor;
    }

    /// <summary>Floats that are different from each other and small, from a fixed sequence.</summary>
    public static TensorMessage Floats(string name, params long[] shape) =>
        Floats(name, shape, Sequence(shape.Aggregate(1L, (a, b) => a * b)));

    public static float[] Sequence(long count, int seed = 1) =>
        [.. Enumerable.Range(0, (int)count).Select(i => ((i * 37 * seed % 101) - 50) / 50f)];

    public static TensorMessage Integers(string name, params long[] values)
    {
        TensorMessage tensor = new() { Name = name, DataType = 7 };
        tensor.Dims.Add(values.Length);
        tensor.Int64Data.Add(values);
        return tensor;
    }

    public static TensorMessage Bytes(string name, int dataType, long[] shape, params int[] values)
    {
        TensorMessage tensor = new() { Name = name, DataType = dataType };
        tensor.Dims.Add(shape);
        tensor.Int32Data.Add(values);
        return tensor;
    }

    public static OnnxGraph Read(this ModelMessage model, OnnxLimits? limits = null) =>
        OnnxReader.Read(model.ToByteArray(), "test.onnx", limits);

    public static ModelFormatException Refusal(this ModelMessage model, OnnxLimits? limits = null) =>
        Assert.Throws<ModelFormatException>(() => model.Read(limits));

    private static AttributeMessage Attribute(string name, object value)
    {
        AttributeMessage attribute = new() { Name = name };
        switch (value)
        {
            case int number:
                (attribute.Type, attribute.I) = (2, number);
                break;
            case float number:
                (attribute.Type, attribute.F) = (1, number);
                break;
            case string text:
                (attribute.Type, attribute.S) = (3, ByteString.CopyFromUtf8(text));
                break;
            case TensorMessage tensor:
                (attribute.Type, attribute.T) = (4, tensor);
                break;
            case float[] numbers:
                attribute.Type = 6;
                attribute.Floats.Add(numbers);
                break;
            case long[] numbers:
                attribute.Type = 7;
                attribute.Ints.Add(numbers);
                break;
            default:
                throw new ArgumentException(name);
        }

        return attribute;
    }
}
