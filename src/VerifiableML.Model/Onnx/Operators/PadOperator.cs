using System.Collections.Immutable;
using VerifiableML.Model.Float;

namespace VerifiableML.Model.Onnx.Operators;

/// <summary><c>Pad</c> with a constant, by default 0. Negative pads, which cut, are not supported.</summary>
internal sealed class PadOperator() : OnnxOperator("Pad", 1, 4, "mode", "pads", "value")
{
    /// <inheritdoc/>
    public override TensorType Infer(OperatorContext context)
    {
        if (context.Node.Text("mode", "constant") is not "constant" and var mode)
        {
            throw context.Error($"mode '{mode}' is not supported");
        }

        OnnxTensorInfo input = context.Input(0);
        Value(context);
        (ImmutableArray<int> before, ImmutableArray<int> after) = Pads(context);
        return new TensorType(input.ElementType, [.. input.Shape.Select((extent, axis) => checked(before[axis] + extent + after[axis]))]);
    }

    /// <summary>Cells put in front of and behind each axis.</summary>
    public static (ImmutableArray<int> Before, ImmutableArray<int> After) Pads(OperatorContext context)
    {
        int rank = context.Input(0).Rank;
        ImmutableArray<long> pads = context.IntegersFromAttributeOrInput("pads", 1) ?? throw context.Error("no pads are given");
        ImmutableArray<int> axes = [.. Enumerable.Range(0, rank)];
        if (context.Has(3))
        {
            axes = [.. context.RequireIntegers(3, "axes").Select(axis => context.Axis(axis, rank))];
        }

        if (pads.Length != 2 * axes.Length || pads.Any(pad => pad is < 0 or > 1 << 24))
        {
            throw context.Error($"pads [{string.Join(", ", pads)}] do not fit {axes.Length} axes, or are negative or too large");
        }

        int[] before = new int[rank];
        int[] after = new int[rank];
        for (int i = 0; i < axes.Length; i++)
        {
            before[axes[i]] = (int)pads[i];
            after[axes[i]] = (int)pads[axes.Length + i];
        }

        return ([.. before], [.. after]);
    }

    /// <summary>The value that is put in.</summary>
    public static float Value(OperatorContext context)
    {
        if (!context.Has(2))
        {
            return context.Node.Float("value", 0);
        }

        OnnxTensor value = context.RequireConstant(2, "constant_value");
        return value.Count == 1 ? value.ToFloats()[0] : throw context.Error("constant_value must be one element");
    }

    /// <inheritdoc/>
    public override FloatKernel Compile(OperatorContext context, TensorType output)
    {
        ImmutableArray<int> shape = context.Shape(0);
        ImmutableArray<int> before = Pads(context).Before;
        int[] strides = OnnxShape.Strides(output.Shape.AsSpan());
        int[] targets = OnnxShape.StridedIndices(shape.AsSpan(), strides, before.Select((pad, axis) => pad * strides[axis]).Sum());
        float value = Value(context);
        return operands =>
        {
            operands.Output.Fill(value);
            ReadOnlySpan<float> input = operands.Input(0);
            for (int i = 0; i < targets.Length; i++)
            {
                operands.Output[targets[i]] = input[i];
            }
        };
    }
}
