using System.Collections.Immutable;
using VerifiableML.Model.Onnx;
using VerifiableML.Model.Onnx.Operators;
using VerifiableML.Model.Quantized;

namespace VerifiableML.Model.Quantization.Lowering;

/// <summary>Operators that move cells: most only change the view; Pad and Concat make new values.</summary>
internal static class MovementLowering
{
    /// <summary>Lowers Reshape, Flatten, Squeeze, Unsqueeze, Transpose, Slice, Gather: another view of the same cells.</summary>
    public static void LowerView(LoweringState state, OnnxNode node, MovementOperator movement)
    {
        OnnxTensorInfo output = state.Graph.Tensor(node.Output);
        TensorView view = state.Activation(node, 0);
        int[]? sources = movement.Sources(state.Context(node), new TensorType(output.ElementType, output.Shape));
        state.SetOutput(node, view, sources is null ? null : Array.ConvertAll(sources, source => view.Cells[source]));
    }

    /// <summary>Lowers Identity, Dropout and casts that change nothing.</summary>
    public static void LowerIdentity(LoweringState state, OnnxNode node) => state.SetOutput(node, state.Activation(node, 0));

    /// <summary>Lowers Concat: each input keeps its cells, at another place.</summary>
    public static void LowerConcat(LoweringState state, OnnxNode node)
    {
        ImmutableArray<int> shape = state.Graph.Shape(node.Output);
        int axis = state.Context(node).Axis(node.Integer("axis", 0), shape.Length);
        (TensorShape target, int[] cells) = Target(shape);
        int outer = OnnxShape.Count(shape.AsSpan()[..axis]);
        int inner = OnnxShape.Count(shape.AsSpan()[(axis + 1)..]);
        List<LoweredTerm> terms = [];
        var constants = new double[target.Cells];
        int start = 0;
        foreach (string input in node.Inputs)
        {
            int length = state.Graph.Shape(input)[axis] * inner;
            int first = start;
            int[] elements = [.. Enumerable.Range(0, outer * length).Select(i => (i / length * shape[axis] * inner) + first + (i % length))];
            start += length;
            if (state.Constant(input) is { } values)
            {
                for (int i = 0; i < elements.Length; i++)
                {
                    constants[elements[i]] = values[i];
                }

                continue;
            }

            TensorView view = state.View(input);
            terms.Add(new LoweredTerm(view.Value, 1, Place(state, view, elements, target, cells)));
        }

        Finish(state, node, new SumLayer(node.Name, target, node.Output, terms, rearranges: true), cells, constants);
    }

    /// <summary>Lowers Pad with a constant.</summary>
    public static void LowerPad(LoweringState state, OnnxNode node)
    {
        OperatorContext context = state.Context(node);
        if (context.Input(0).ElementType != OnnxElementType.Float)
        {
            throw node.Error("padding of integers is not supported");
        }

        ImmutableArray<int> shape = state.Graph.Shape(node.Output);
        ImmutableArray<int> before = PadOperator.Pads(context).Before;
        int[] strides = OnnxShape.Strides(shape.AsSpan());
        int start = before.Select((pad, axis) => pad * strides[axis]).Sum();
        int[] elements = OnnxShape.StridedIndices(state.Graph.Shape(node.Inputs[0]).AsSpan(), strides, start);
        (TensorShape target, int[] cells) = Target(shape);
        TensorView view = state.Activation(node, 0);
        var term = new LoweredTerm(view.Value, 1, Place(state, view, elements, target, cells));
        var constants = new double[target.Cells];
        Array.Fill(constants, PadOperator.Value(context));
        foreach (int element in elements)
        {
            constants[element] = 0;
        }

        Finish(state, node, new SumLayer(node.Name, target, node.Output, [term], rearranges: true), cells, constants);
    }

    /// <summary>The map that brings the view's elements to given elements of a new value.</summary>
    private static CellMap Place(LoweringState state, TensorView view, int[] elements, TensorShape target, int[] cells)
    {
        var source = new int[target.Cells];
        Array.Fill(source, -1);
        for (int i = 0; i < elements.Length; i++)
        {
            source[cells[elements[i]]] = view.Cells[i];
        }

        return CellMaps.Copy(source, state.Shape(view.Value), target);
    }

    /// <summary>Appends the layer, and adds the constants that stand where it leaves zeros.</summary>
    private static void Finish(LoweringState state, OnnxNode node, SumLayer layer, int[] cells, double[] constants)
    {
        double[] ones = new double[constants.Length];
        Array.Fill(ones, 1);
        var view = new TensorView(state.Add(layer), cells, true);
        state.SetOutput(node, AffineLowering.Apply(state, node, view, null, ones, constants));
    }

    /// <summary>An arrangement for a new value: channels last where the tensor looks like an image, else a vector in order.</summary>
    private static (TensorShape Shape, int[] Cells) Target(ImmutableArray<int> shape) => shape is [1, _, _, _]
        ? (LoweringState.ImageShape(shape), LoweringState.ImageLayout(shape).Cells())
        : shape is [1, _, _]
            ? (new TensorShape(shape[1], 1, shape[2]), TensorLayout.InOrder(shape).Cells())
            : (new TensorShape(1, 1, OnnxShape.Count(shape)), TensorLayout.InOrder(shape).Cells());
}
