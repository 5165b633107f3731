using Google.Protobuf;
using VerifiableML.Model.Onnx.Schema;
using static VerifiableML.Model.Tests.Onnx.ModelFile;

namespace VerifiableML.Model.Tests.Onnx;

/// <summary>Models with one thing wrong each, and what the refusal must say.</summary>
internal static class WrongModels
{
    public static IReadOnlyDictionary<string, (Func<ModelMessage> Model, string Message)> All { get; } =
        new Dictionary<string, (Func<ModelMessage> Model, string Message)>
        {
            ["no graph"] = (() => new ModelMessage { IrVersion = 8 }, "holds no graph"),
            ["no operator set"] = (() => Edit(Relu(), model => model.OpsetImport.Clear()), "operator set: none is imported"),
            ["old operator set"] = (() => Edit(Relu(), model => model.OpsetImport[0].Version = 6), "version 6 of domain ''"),
            ["future operator set"] = (() => Edit(Relu(), model => model.OpsetImport[0].Version = 99), "version 99 of domain ''"),
            ["operator set twice"] = (
                () => Edit(Relu(), model => model.OpsetImport.Add(new OperatorSetMessage { Domain = "ai.onnx", Version = 13 })),
                "imported twice"),
            ["functions"] = (() => Edit(Relu(), model => model.Functions.Add(ByteString.CopyFrom(1))), "functions"),
            ["sparse initializer"] = (() => Edit(Relu(), model => model.Graph.SparseInitializer.Add(ByteString.CopyFrom(1))), "sparse"),
            ["two inputs"] = (() => Edit(Relu(), model => model.Graph.Input.Add(Value("z", [1]))), "exactly one named input"),
            ["no input"] = (() => Edit(Relu(), model => model.Graph.Input.Clear()), "there are 0"),
            ["two outputs"] = (() => Edit(Relu(), model => model.Graph.Output.Add(new ValueMessage { Name = "a" })), "('y', 'a')"),
            ["output from nowhere"] = (() => Edit(Relu(), model => model.Graph.Output[0].Name = "q"), "output 'q': no node makes it"),
            ["output of weights"] = (
                () => Of(13, [1, 4], Node("DequantizeLinear", "q s", "y")).With(Bytes("q", 3, [2], 1, 2), Floats("s", [], 1)),
                "output 'y': no node makes it"),
            ["output is the input"] = (() => Edit(Relu(), model => model.Graph.Output[0].Name = "x"), "output 'x': no node makes it"),
            ["output of another shape"] = (
                () => Edit(Relu(), model => model.Graph.Output[0] = Value("y", [1, 5])),
                "declared as [1, 5], but its node makes [1, 4]"),
            ["input without shape"] = (
                () => Edit(Relu(), model => model.Graph.Input[0].Type.TensorType.Shape = null),
                "input 'x': it must have a shape"),
            ["input of sequences"] = (
                () => Edit(Relu(), model => model.Graph.Input[0].Type = new TypeMessage()),
                "input 'x': is not a tensor"),
            ["input of texts"] = (() => Edit(Relu(), model => model.Graph.Input[0] = Value("x", [1, 4], 8)), "element type string"),
            ["input of half floats"] = (() => Edit(Relu(), model => model.Graph.Input[0] = Value("x", [1, 4], 10)), "element type float16"),
            ["open image size"] = (
                () => Edit(Relu(), model => model.Graph.Input[0] = Value("x", [1, 3, -1, 8])),
                "input 'x': axis 2 has no fixed extent ('n')"),
            ["negative extent"] = (
                () => Edit(Relu(), model => model.Graph.Input[0].Type.TensorType.Shape.Dim[1].DimValue = -7),
                "axis 1 has extent -7"),
            ["huge input"] = (
                () => Edit(Relu(), model => model.Graph.Input[0] = Value("x", [1, 1 << 20, 1 << 20])),
                "more than 268435456 elements"),
            ["made twice"] = (
                () => Of(13, [1, 4], Node("Relu", "x", "y"), Node("Tanh", "x", "y")),
                "node 'Tanh_1' (Tanh): its output 'y' exists already"),
            ["makes the input"] = (() => Of(13, [1, 4], Node("Relu", "x", "x")), "its output 'x' exists already"),
            ["cycle"] = (() => Of(13, [1, 4], Node("Add", "x b", "a"), Node("Relu", "a", "b"), Node("Relu", "a", "y")), "through a cycle"),
            ["missing tensor"] = (() => Of(13, [1, 4], Node("Add", "x ghost", "y")), "node 'Add_0' (Add): its input 'ghost' is neither"),
            ["mask used"] = (
                () => Of(13, [1, 4], Node("Dropout", "x", "a mask"), Node("Relu", "mask", "y")),
                "extra output of node 'Dropout_0'"),
            ["too few inputs"] = (() => Of(13, [1, 4], Node("Add", "x", "y")), "1 inputs where 2 to 2"),
            ["too many outputs"] = (() => Of(13, [1, 4], Node("Relu", "x", "y z")), "2 outputs"),
            ["absent input"] = (() => Of(13, [1, 4], Node("Add", "x -", "y")), "input 1 is missing"),
            ["unknown attribute"] = (() => Of(13, [1, 4], Node("Relu", "x", "y", ("slope", 1f))), "attribute 'slope' is not supported"),
            ["attribute of our own"] = (
                () => Of(13, [1, 1, 4], Node("MaxPool", "x", "y", ("whole_input", 1))), "attribute 'whole_input' is not supported"),
            ["attribute twice"] = (() => Of(13, [1, 4], Node("LeakyRelu", "x", "y", ("alpha", 1f), ("alpha", 2f))), "given twice"),
            ["attribute of another type"] = (
                () => Of(13, [1, 4], Node("LeakyRelu", "x", "y", ("alpha", 1))),
                "attribute 'alpha' has the wrong type"),
            ["attribute is NaN"] = (() => Of(13, [1, 4], Node("LeakyRelu", "x", "y", ("alpha", float.NaN))), "attribute 'alpha': is NaN"),
            ["nested graph"] = (
                () => WithAttribute(new AttributeMessage { Name = "alpha", Type = 5, G = ByteString.Empty }),
                "nested graphs"),
            ["function parameter"] = (
                () => WithAttribute(new AttributeMessage { Name = "alpha", Type = 1, RefAttrName = "p" }),
                "function's parameter"),
            ["initializer twice"] = (() => Relu().With(Floats("w", 4), Floats("w", 4)), "tensor 'w': has no name"),
            ["NaN weight"] = (() => Relu().With(Floats("w", [2], 1, float.NaN)), "tensor 'w': element 1 is NaN"),
            ["infinite weight"] = (() => Relu().With(Floats("w", [2], float.NegativeInfinity, 1)), "tensor 'w': element 0 is infinite"),
            ["double beyond float"] = (() => Relu().With(Wide("w", 1e300)), "tensor 'w': element 0 is infinite"),
            ["short data"] = (() => Relu().With(Floats("w", [3], 1, 2)), "tensor 'w': 2 values of data where its shape asks for 3"),
            ["short raw data"] = (() => Relu().With(Raw("w", 1, [3], 11)), "tensor 'w': 11 bytes of data where its shape asks for 3"),
            ["two kinds of data"] = (() => Relu().With(Edit(Floats("w", [1], 1), tensor => tensor.Int64Data.Add(1))), "more than one kind"),
            ["external data"] = (
                () => Relu().With(Edit(Floats("w", 4), tensor => tensor.DataLocation = 1)),
                "tensor 'w': its data are in another file"),
            ["segment"] = (() => Relu().With(Edit(Floats("w", 4), tensor => tensor.Segment = ByteString.Empty)), "segments"),
            ["weights of complex numbers"] = (() => Relu().With(Raw("w", 14, [1], 8)), "tensor 'w': element type complex64"),
            ["byte out of range"] = (() => Relu().With(Bytes("w", 2, [1], 256)), "tensor 'w': element 0, 256, is outside its type"),
            ["negative tensor extent"] = (() => Relu().With(Raw("w", 1, [-1], 0)), "tensor 'w': extent -1 is out of range"),
            ["product of extents wraps"] = (
                () => Relu().With(Raw("w", 1, [1 << 16, 1 << 16, 1 << 16, 1 << 16], 0)),
                "tensor 'w': more than"),
            ["nine axes"] = (() => Relu().With(Raw("w", 1, [1, 1, 1, 1, 1, 1, 1, 1, 1], 4)), "9 axes"),
            ["constants of a million million"] = (
                () => Of(13, [1, 4], Node("ConstantOfShape", "s", "w"), Node("Add", "x w", "y")).With(Integers("s", 1 << 30, 1 << 30)),
                "too large"),
            ["chain of doublings"] = (() => Doublings(40), "elements"),
            ["integer division by zero"] = (
                () => Of(13, [1, 4], Node("Div", "a b", "s"), Node("Reshape", "x s", "y")).With(Integers("a", 4), Integers("b", 0)),
                "division by zero"),
            ["product of constants overflows"] = (
                () => Of(13, [1, 4], Node("Mul", "a a", "s"), Node("Reshape", "x s", "y")).With(Integers("a", long.MaxValue)),
                "out of range"),
            ["constant matrix product"] = (
                () => Of(13, [1, 4], Node("MatMul", "w w", "v"), Node("Add", "x v", "y")).With(Floats("w", 4, 4)), "from constants alone"),
            ["empty activation"] = (
                () => Of(13, [1, 4], Node("Gather", "x none", "y", ("axis", 1))).With(Integers("none")), "is empty"),
            ["image smaller than kernel"] = (
                () => Of(13, [1, 1, 4, 4], Node("Conv", "x w", "y")).With(Floats("w", 1, 1, 5, 5)),
                "does not fit spatial axis 0"),
            ["window of padding"] = (
                () => Of(13, [1, 1, 4], Node("MaxPool", "x", "y", ("kernel_shape", new long[] { 2 }), ("pads", new long[] { 3, 0 }))),
                "nothing but padding"),
            ["endless list of axes"] = (
                () => Of(11, [1, 4], Node("Unsqueeze", "x", "y", ("axes", new long[5000]))),
                "attribute 'axes': the list is longer than 1024"),
            ["endless shape"] = (
                () => Of(13, [1, 4], Node("Reshape", "x s", "y")).With(Integers("s", new long[5000])),
                "at most 1024 integers"),
            ["endless work"] = (
                () => Of(13, [1, 1, 9000, 9000], Node("MaxPool", "x", "y", ("kernel_shape", new long[] { 4000, 4000 }))), "operations"),
            ["variance is negative"] = (
                () => Of(13, [1, 2], Node("BatchNormalization", "x a a a v", "y")).With(Floats("a", 2), Floats("v", [2], 1, -1)),
                "channel 1 in 'v'"),
            ["weights that depend on the input"] = (
                () => Of(13, [1, 2], Node("Relu", "x", "a"), Node("Clip", "x a", "y")), "must be a constant"),
        };

    private static ModelMessage Relu(string opType = "Relu") => Of(13, [1, 4], Node(opType, "x", "y"));

    private static ModelMessage WithAttribute(AttributeMessage attribute) =>
        Edit(Relu("LeakyRelu"), model => model.Graph.Node[0].Attribute.Add(attribute));

    private static T Edit<T>(T value, Action<T> edit)
    {
        edit(value);
        return value;
    }

    private static TensorMessage Raw(string name, int dataType, long[] shape, int bytes)
    {
        TensorMessage tensor = new() { Name = name, DataType = dataType, RawData = ByteString.CopyFrom(new byte[bytes]) };
        tensor.Dims.Add(shape);
        return tensor;
    }

    private static TensorMessage Wide(string name, double value)
    {
        TensorMessage tensor = new() { Name = name, DataType = 11 };
        tensor.Dims.Add(1);
        tensor.DoubleData.Add(value);
        return tensor;
    }

    private static ModelMessage Doublings(int count)
    {
        IEnumerable<NodeMessage> nodes = Enumerable.Range(0, count).Select(i => Node("Concat", $"c{i} c{i}", $"c{i + 1}", ("axis", 0)));
        return Of(13, [1, 4], [.. nodes, Node("Add", $"x c{count}", "y")]).With(Floats("c0", 4));
    }
}
