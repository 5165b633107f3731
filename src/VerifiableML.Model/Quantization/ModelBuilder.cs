using System.Collections.Immutable;
using VerifiableML.Model.Onnx;
using VerifiableML.Model.Quantization.Lowering;
using VerifiableML.Model.Quantized;

namespace VerifiableML.Model.Quantization;

/// <summary>Chooses scales and integers for a lowered model, layer by layer.</summary>
internal sealed class ModelBuilder(OnnxGraph graph, LoweredModel lowered, Calibration? calibration, QuantizerOptions options)
{
    private readonly LinearQuantizer _quantizer = new(options);
    private readonly List<QuantizedNode> _nodes = [];
    private readonly int _exact = LayerGrids.ExactValue(lowered);
    private QuantizedTensor? _input;

    /// <summary>The model.</summary>
    public QuantizedModel Build()
    {
        _input = Input();
        foreach (LoweredLayer layer in lowered.Layers)
        {
            QuantizedNode? like = Like(layer);
            try
            {
                _nodes.Add(Node(layer, like));
            }
            catch (QuantizationException exception)
            {
                throw new QuantizationException($"{graph.File}: node '{layer.Name}': {exception.Message}", exception);
            }
        }

        string name = Path.GetFileNameWithoutExtension(graph.File);
        var model = new QuantizedModel(name, _input, [.. _nodes], lowered.OutputValue, lowered.PostProcessing)
        {
            InputLayout = lowered.InputLayout,
            OutputLayout = lowered.OutputLayout,
        };
        return SharedTables.Unify(model);
    }

    private QuantizedTensor Tensor(int value) => value == 0 ? _input! : _nodes[value - 1].Output;

    private QuantizedTensor Input()
    {
        string name = graph.Input.Name;
        if (options.Like is { } like)
        {
            return like.Input.Shape == lowered.InputShape && like.Nodes.Length == lowered.Layers.Count
                ? like.Input with { Name = name }
                : throw new QuantizationException($"{graph.File}: the model to be like has another architecture: another input shape or number of layers");
        }

        double maximum = options.InputMaximum ?? calibration!.InputMaximum;
        OutputGrid grid = lowered.InputGrid ?? OutputGrid.UpTo(maximum > 0 ? maximum : 1);
        return new QuantizedTensor(name, lowered.InputShape, grid.Minimum, grid.Maximum, grid.Scale);
    }

    private QuantizedNode? Like(LoweredLayer layer)
    {
        QuantizedNode? like = options.Like?.Nodes[_nodes.Count];
        if (like is not null && (like.Output.Shape != layer.Shape || !like.Inputs.SequenceEqual(layer.Inputs)))
        {
            throw new QuantizationException(
                $"{graph.File}: node '{layer.Name}': the model to be like has another architecture here: {like.Output.Shape} instead of {layer.Shape}");
        }

        return like;
    }

    private QuantizedNode Node(LoweredLayer layer, QuantizedNode? like)
    {
        string tensor = lowered.Tensors[_nodes.Count + 1]?.Tensor ?? layer.Name;
        if (layer is PoolLayer pool)
        {
            QuantizedTensor input = Tensor(pool.Input);
            return new MaxPoolNode(layer.Name, input with { Name = tensor, Shape = layer.Shape }, pool.Input, pool.Rows, pool.Columns);
        }

        var linear = (LinearLayer)layer;
        double[] scales = [.. linear.Inputs.Select(input => Tensor(input).Scale)];
        if (LayerGrids.IsRearrangement(linear) && scales.All(scale => scale == scales[0]))
        {
            return LayerNodes.Rearrangement((SumLayer)linear, tensor, Tensor);
        }

        if (like is not null)
        {
            return LikeQuantizer.Quantize(linear, tensor, (AccumulatingNode)like, Tensor);
        }

        LinearQuantizer.Build build = LayerNodes.Builder(linear, tensor, Tensor);
        if (_nodes.Count + 1 == _exact)
        {
            return _quantizer.Exact(build, LayerNodes.LargestWeight(linear, Tensor), Tensor);
        }

        ActivationFunction function = linear.Function ?? ClipFunction.Identity;
        OutputGrid grid = Grid(linear, scales);
        return linear is ProductLayer
            ? _quantizer.Product(build, scales[0] * scales[1], function, grid, Tensor)
            : _quantizer.WithTable(build, LayerNodes.LargestWeight(linear, Tensor), function, grid, linear.Grid is not null, Tensor);
    }

    private OutputGrid Grid(LinearLayer layer, double[] scales)
    {
        if (LayerGrids.Prescribed(layer) is { } prescribed)
        {
            return prescribed;
        }

        if (!LayerGrids.IsRearrangement(layer))
        {
            return OutputGrid.UpTo(calibration!.Clip(layer));
        }

        // What only moves cells needs the coarsest of its inputs' scales and the widest of their ranges.
        QuantizedTensor[] inputs = [.. layer.Inputs.Select(Tensor)];
        double reach = inputs.Max(input => Math.Max(Math.Abs(input.Minimum), Math.Abs(input.Maximum)) * input.Scale);
        double scale = scales.Max();
        int greatest = (int)Math.Min(Math.Ceiling((reach / scale) - 1e-9), 255);
        return new OutputGrid(scale, -greatest, greatest);
    }
}
