using System.Collections.Immutable;
using VerifiableML.Model.Float;

namespace VerifiableML.Model.Onnx.Operators;

/// <summary>An operator each of whose output cells is a cell of its first input.</summary>
internal abstract class MovementOperator(string opType, int leastInputs, int mostInputs, params ImmutableArray<string> attributes)
    : OnnxOperator(opType, leastInputs, mostInputs, attributes)
{
    /// <summary>For each output cell its input cell, or null where all cells keep their order.</summary>
    public abstract int[]? Sources(OperatorContext context, TensorType output);

    /// <inheritdoc/>
    public override OnnxTensor? Fold(OperatorContext context, TensorType output)
    {
        if (context.Constant(0) is not { } constant)
        {
            return null;
        }

        return Sources(context, output) is { } sources
            ? constant.Gather(context.Node.Output, output.Shape, sources)
            : constant.Reshape(context.Node.Output, output.Shape);
    }

    /// <inheritdoc/>
    public override FloatKernel Compile(OperatorContext context, TensorType output)
    {
        if (Sources(context, output) is not { } sources)
        {
            return static operands => operands.Input(0).CopyTo(operands.Output);
        }

        return operands =>
        {
            ReadOnlySpan<float> input = operands.Input(0);
            for (int i = 0; i < sources.Length; i++)
            {
                operands.Output[i] = input[sources[i]];
            }
        };
    }
}

/// <summary>A <see cref="MovementOperator"/> that only gives its input another shape.</summary>
internal abstract class ReshapingOperator(string opType, int leastInputs, int mostInputs, params ImmutableArray<string> attributes)
    : MovementOperator(opType, leastInputs, mostInputs, attributes)
{
    /// <inheritdoc/>
    public sealed override int[]? Sources(OperatorContext context, TensorType output) => null;
}
