using VerifiableML.Model.Onnx;
using VerifiableML.Model.Onnx.Operators;

namespace VerifiableML.Model.Quantization.Lowering;

/// <summary>Relu, Clip, LeakyRelu, Sigmoid, Tanh: the table of the layer before, or of one more layer.</summary>
internal static class ElementwiseLowering
{
    /// <summary>Lowers an activation function.</summary>
    public static void Lower(LoweringState state, OnnxNode node)
    {
        TensorView view = state.Activation(node, 0);
        (TensorView result, _) = Apply(state, node, view, FunctionOf(state, node));
        state.SetOutput(node, result);
    }

    /// <summary>Applies a function to a view.</summary>
    public static (TensorView View, LinearLayer Layer) Apply(LoweringState state, OnnxNode node, TensorView view, ActivationFunction function)
    {
        if (Host(state, view) is { } host)
        {
            if (host.IsOpen)
            {
                host.Function = function;
                return (view, host);
            }

            if (host is { Grid: null, Function: ClipFunction first } && function is ClipFunction second)
            {
                host.Function = first.Then(second);
                return (view, host);
            }
        }

        LinearLayer layer = Identity(state, node, view);
        layer.Function = function;
        return (view with { Value = state.Add(layer), IsExclusive = true }, layer);
    }

    /// <summary>A layer that copies a view's value, for a function or a grid to be hung on.</summary>
    public static SumLayer Identity(LoweringState state, OnnxNode node, TensorView view) => new(
        node.Name, state.Shape(view.Value), node.Inputs[0], [new LoweredTerm(view.Value, 1, CellMaps.Identity(state.Shape(view.Value)))]);

    /// <summary>
    /// The layer whose table can take a function of this view: the one that makes the value, if only this view reads it; or, since rising functions
    /// commute with maxima, the one before a max-pooling.
    /// </summary>
    public static LinearLayer? Host(LoweringState state, TensorView view)
    {
        LoweredLayer? layer = view.IsExclusive ? state.Producer(view.Value) : null;
        int? moved = null;
        while (layer is PoolLayer { OwnsInput: true } pool)
        {
            layer = state.Producer(pool.Input);
            moved = pool.Input;
        }

        if (layer is LinearLayer linear && moved is { } value && linear.Grid is null)
        {
            // Between function and pooling the source model has no tensor that holds this value any more.
            state.ForgetTensor(value);
        }

        return layer as LinearLayer;
    }

    private static ActivationFunction FunctionOf(LoweringState state, OnnxNode node)
    {
        switch (node.OpType)
        {
            case "Relu":
                return ClipFunction.Relu;
            case "Sigmoid":
                return SaturatingFunction.Sigmoid;
            case "Tanh":
                return SaturatingFunction.Tanh;
            case "LeakyRelu":
                float slope = LeakyReluOperator.Alpha(node);
                return slope >= 0 ? new LeakyReluFunction(slope) : throw node.Error($"a negative slope ({slope}) is not supported");
            default:
                (float low, float high) = ClipOperator.Bounds(state.Context(node));
                return low <= high ? new ClipFunction(low, high) : throw node.Error($"its bounds {low} and {high} are the wrong way round");
        }
    }
}
