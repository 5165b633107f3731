using System.Collections.Immutable;
using VerifiableML.Model.Onnx;
using VerifiableML.Model.Onnx.Operators;
using VerifiableML.Model.Quantized;

namespace VerifiableML.Model.Quantization.Lowering;

/// <summary>What the lowering of a graph has built so far, and the steps that several operators share.</summary>
internal sealed class LoweringState
{
    private readonly Dictionary<string, TensorView> _views = [];
    private readonly Dictionary<string, double[]> _constants = [];
    private readonly List<LoweredLayer> _layers = [];
    private readonly List<ValueSource?> _tensors = [];

    public LoweringState(OnnxGraph graph, TensorShape inputShape, TensorLayout inputLayout)
    {
        Graph = graph;
        InputShape = inputShape;
        InputLayout = inputLayout;
        int[] cells = inputLayout.Cells();
        _views.Add(graph.Input.Name, new TensorView(0, cells, IsReadOnce(graph.Input.Name)));
        _tensors.Add(new ValueSource(graph.Input.Name, cells));
    }

    /// <summary>The source model.</summary>
    public OnnxGraph Graph { get; }

    /// <summary>Shape of value 0.</summary>
    public TensorShape InputShape { get; }

    /// <summary>Layout of value 0.</summary>
    public TensorLayout InputLayout { get; }

    /// <summary>The input's integers where the source model prescribes them.</summary>
    public OutputGrid? InputGrid { get; set; }

    /// <summary>What happens after the proven output; nothing may follow it.</summary>
    public PostProcessing PostProcessing { get; set; }

    /// <summary>The layers so far.</summary>
    public IReadOnlyList<LoweredLayer> Layers => _layers;

    /// <summary>The tensors that hold values, by value.</summary>
    public IReadOnlyList<ValueSource?> Tensors => _tensors;

    /// <summary>A node with its inputs.</summary>
    public OperatorContext Context(OnnxNode node) => new(node, Graph.Tensor, Graph.Constant);

    /// <summary>Where a tensor's elements are.</summary>
    public TensorView View(string tensor) => _views[tensor];

    /// <summary>Where the elements of an input of <paramref name="node"/> are; it must not be a constant.</summary>
    public TensorView Activation(OnnxNode node, int input) =>
        _views.TryGetValue(node.Inputs[input], out TensorView? view)
            ? view
            : throw node.Error($"'{node.Inputs[input]}' is a constant where an activation is supported");

    /// <summary>True where the tensor does not depend on the model's input.</summary>
    public bool IsConstant(string tensor) => Graph.Constant(tensor) is not null || _constants.ContainsKey(tensor);

    /// <summary>The real values of a constant, dequantized ones included, or null.</summary>
    public double[]? Constant(string tensor)
    {
        if (_constants.TryGetValue(tensor, out double[]? values))
        {
            return values;
        }

        return Graph.Constant(tensor) is { } constant ? Array.ConvertAll(constant.ToFloats(), value => (double)value) : null;
    }

    /// <summary>The real values of a constant input.</summary>
    public double[] RequireConstant(OnnxNode node, int input) =>
        Constant(node.Inputs[input]) ?? throw node.Error($"'{node.Inputs[input]}' must be a constant");

    /// <summary>Declares the values of a constant that was computed here.</summary>
    public void SetConstant(string tensor, double[] values) => _constants.Add(tensor, values);

    /// <summary>Shape of a value.</summary>
    public TensorShape Shape(int value) => value == 0 ? InputShape : _layers[value - 1].Shape;

    /// <summary>The layer that makes a value, or null for the input.</summary>
    public LoweredLayer? Producer(int value) => value == 0 ? null : _layers[value - 1];

    /// <summary>Appends a layer.</summary>
    /// <returns>The value that it makes.</returns>
    public int Add(LoweredLayer layer)
    {
        _layers.Add(layer);
        _tensors.Add(null);
        return _layers.Count;
    }

    /// <summary>Says where a node's output is.</summary>
    public void SetOutput(OnnxNode node, int value, int[] cells, bool isExclusive = true)
    {
        _views.Add(node.Output, new TensorView(value, cells, isExclusive && IsReadOnce(node.Output)));
        if (Graph.Tensor(node.Output).ElementType == OnnxElementType.Float && PostProcessing == PostProcessing.None)
        {
            _tensors[value] = new ValueSource(node.Output, cells);
        }
    }

    /// <summary>Says that a node's output is a view that already exists, in another arrangement.</summary>
    public void SetOutput(OnnxNode node, TensorView view, int[]? cells = null) => SetOutput(node, view.Value, cells ?? view.Cells, view.IsExclusive);

    /// <summary>Forgets which tensor holds a value, because a function was moved in front of it.</summary>
    public void ForgetTensor(int value) => _tensors[value] = null;

    /// <summary>
    /// The view with its elements at given cells of a value of a given shape: itself where they stand so, else a copy.
    /// </summary>
    /// <param name="view">The view.</param>
    /// <param name="shape">The shape that is needed.</param>
    /// <param name="cells">For each element the cell that it must have.</param>
    /// <param name="node">The node that needs it.</param>
    /// <param name="tensor">The tensor that is viewed, or null where none holds what the copy will hold.</param>
    public TensorView Arrange(TensorView view, TensorShape shape, int[] cells, OnnxNode node, string? tensor)
    {
        if (Shape(view.Value) == shape && view.Cells.AsSpan().SequenceEqual(cells))
        {
            return view;
        }

        var source = new int[shape.Cells];
        Array.Fill(source, -1);
        for (int i = 0; i < cells.Length; i++)
        {
            source[cells[i]] = view.Cells[i];
        }

        CellMap map = CellMaps.Copy(source, Shape(view.Value), shape);
        int value = Add(new SumLayer($"{node.Name}:arrange", shape, tensor ?? node.Output, [new LoweredTerm(view.Value, 1, map)], rearranges: true));
        bool isFloat = tensor is not null && Graph.Tensor(tensor).ElementType == OnnxElementType.Float;
        _tensors[value] = isFloat ? new ValueSource(tensor!, cells) : null;
        return new TensorView(value, cells, true);
    }

    /// <summary>The view as a vector of channels in the order of the elements.</summary>
    public TensorView ArrangeFlat(TensorView view, OnnxNode node, string? tensor) =>
        Arrange(view, new TensorShape(1, 1, view.Cells.Length), [.. Enumerable.Range(0, view.Cells.Length)], node, tensor);

    /// <summary>The view channels last, where the tensor is <c>[1, C, H, W]</c> or <c>[1, C, W]</c>.</summary>
    public TensorView ArrangeImage(TensorView view, OnnxNode node, string tensor)
    {
        ImmutableArray<int> shape = Graph.Shape(tensor);
        if (shape.Length is not (3 or 4) || shape[0] != 1)
        {
            throw node.Error($"'{tensor}' {OnnxShape.Format(shape)} must be one sample with channels and one or two spatial axes");
        }

        TensorLayout layout = ImageLayout(shape);
        return Arrange(view, ImageShape(shape), layout.Cells(), node, tensor);
    }

    /// <summary>Channels first to channels last.</summary>
    public static TensorLayout ImageLayout(ImmutableArray<int> shape) => new(shape, shape.Length == 4 ? [0, 2, 3, 1] : [0, 2, 1]);

    /// <summary>The shape of the cells of a tensor <c>[1, C, H, W]</c> or <c>[1, C, W]</c>.</summary>
    public static TensorShape ImageShape(ImmutableArray<int> shape) => new(shape.Length == 4 ? shape[2] : 1, shape[^1], shape[1]);

    private bool IsReadOnce(string tensor) => tensor != Graph.Output.Name && Graph.Consumers(tensor).Count() == 1;
}
