using System.Collections.Immutable;
using VerifiableML.Model.Float;

namespace VerifiableML.Model.Onnx.Operators;

/// <summary>An operator that averages its input over some axes.</summary>
internal abstract class MeanOverAxesOperator(string opType, int mostInputs, params ImmutableArray<string> attributes)
    : OnnxOperator(opType, 1, mostInputs, attributes)
{
    /// <summary>The axes that a node averages over, in rising order.</summary>
    public abstract ImmutableArray<int> Axes(OperatorContext context);

    /// <inheritdoc/>
    public override double Operations(OperatorContext context, TensorType output) => context.Input(0).Count;

    /// <inheritdoc/>
    public override FloatKernel Compile(OperatorContext context, TensorType output)
    {
        ImmutableArray<int> shape = context.Shape(0);
        ImmutableArray<int> axes = Axes(context);
        int[] strides = OnnxShape.Strides(shape.AsSpan());
        int[] kept = [.. Enumerable.Range(0, shape.Length).Except(axes)];
        int[] starts = OnnxShape.StridedIndices([.. kept.Select(axis => shape[axis])], [.. kept.Select(axis => strides[axis])]);
        int[] cells = OnnxShape.StridedIndices([.. axes.Select(axis => shape[axis])], [.. axes.Select(axis => strides[axis])]);
        return operands =>
        {
            ReadOnlySpan<float> input = operands.Input(0);
            for (int i = 0; i < starts.Length; i++)
            {
                double sum = 0;
                foreach (int cell in cells)
                {
                    sum += input[starts[i] + cell];
                }

                operands.Output[i] = (float)(sum / cells.Length);
            }
        };
    }
}
