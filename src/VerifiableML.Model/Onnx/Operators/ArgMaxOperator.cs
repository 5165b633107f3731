using System.Collections.Immutable;
using VerifiableML.Model.Float;

namespace VerifiableML.Model.Onnx.Operators;

/// <summary>
/// <c>ArgMax</c>: the index of the greatest value along an axis; of equal ones the first, or the last where <c>select_last_index</c>.
/// </summary>
internal sealed class ArgMaxOperator() : OnnxOperator("ArgMax", 1, 1, "axis", "keepdims", "select_last_index")
{
    /// <inheritdoc/>
    public override TensorType Infer(OperatorContext context)
    {
        context.RequireFloats(0);
        ImmutableArray<int> shape = context.Shape(0);
        int axis = Axis(context);
        bool keep = context.Node.Integer("keepdims", 1) != 0;
        return new TensorType(OnnxElementType.Int64, keep ? shape.SetItem(axis, 1) : shape.RemoveAt(axis));
    }

    /// <summary>The axis along which a node of this operator looks.</summary>
    public static int Axis(OperatorContext context) => context.Axis(context.Node.Integer("axis", 0), context.Input(0).Rank);

    /// <inheritdoc/>
    public override bool MixesFirstAxis(OperatorContext context) => Axis(context) == 0;

    /// <inheritdoc/>
    public override FloatKernel Compile(OperatorContext context, TensorType output)
    {
        ImmutableArray<int> shape = context.Shape(0);
        int axis = Axis(context);
        int length = shape[axis];
        int inner = OnnxShape.Count(shape.AsSpan()[(axis + 1)..]);
        bool last = context.Node.Integer("select_last_index", 0) != 0;
        return operands =>
        {
            for (int i = 0; i < operands.Output.Length; i++)
            {
                (int o, int rest) = Math.DivRem(i, inner);
                operands.Output[i] = IndexOfGreatest(operands.Input(0)[((o * length * inner) + rest)..], length, inner, last);
            }
        };
    }

    private static int IndexOfGreatest(ReadOnlySpan<float> input, int length, int stride, bool last)
    {
        int greatest = 0;
        for (int i = 1; i < length; i++)
        {
            float value = input[i * stride];
            float best = input[greatest * stride];
            greatest = value > best || (last && value == best) ? i : greatest;
        }

        return greatest;
    }
}
