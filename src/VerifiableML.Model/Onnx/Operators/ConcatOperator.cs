using System.Collections.Immutable;
using VerifiableML.Model.Float;

namespace VerifiableML.Model.Onnx.Operators;

/// <summary><c>Concat</c>: inputs side by side along one axis.</summary>
internal sealed class ConcatOperator() : OnnxOperator("Concat", 1, 1024, "axis")
{
    /// <inheritdoc/>
    public override TensorType Infer(OperatorContext context)
    {
        OnnxTensorInfo first = context.Input(0);
        int axis = AxisOf(context);
        long extent = 0;
        for (int i = 0; i < context.InputCount; i++)
        {
            OnnxTensorInfo input = context.Input(i);
            if (input.ElementType != first.ElementType)
            {
                throw context.Error($"'{input.Name}' holds {input.ElementType}, '{first.Name}' holds {first.ElementType}");
            }

            if (input.Rank != first.Rank || !input.Shape.SetItem(axis, 0).SequenceEqual(first.Shape.SetItem(axis, 0)))
            {
                throw context.Error($"{input.Title} does not fit beside {first.Title}");
            }

            extent += input.Shape[axis];
        }

        return extent <= int.MaxValue
            ? new TensorType(first.ElementType, first.Shape.SetItem(axis, (int)extent))
            : throw context.Error("the output is too large");
    }

    /// <summary>The axis along which a node of this operator joins its inputs.</summary>
    public static int AxisOf(OperatorContext context) =>
        context.Node.Has("axis")
            ? context.Axis(context.Node.Integer("axis", 0), context.Input(0).Rank)
            : throw context.Error("attribute 'axis' is missing");

    /// <inheritdoc/>
    public override OnnxTensor? Fold(OperatorContext context, TensorType output)
    {
        if (!context.AllConstant)
        {
            return null;
        }

        // One after the other as they stand, then a gather that interleaves the blocks.
        ImmutableArray<OnnxTensor> inputs = [.. Enumerable.Range(0, context.InputCount).Select(i => context.Constant(i)!)];
        OnnxTensor joined = OnnxTensor.Join(context.Node.Output, inputs);
        ImmutableArray<Block> blocks = Blocks(context, output);
        int[] sources = new int[output.Count];
        int start = 0;
        foreach (Block block in blocks)
        {
            for (int outer = 0; outer < block.Count; outer++)
            {
                for (int i = 0; i < block.Length; i++)
                {
                    sources[(outer * block.Stride) + block.Offset + i] = start++;
                }
            }
        }

        return joined.Gather(context.Node.Output, output.Shape, sources);
    }

    /// <inheritdoc/>
    public override FloatKernel Compile(OperatorContext context, TensorType output)
    {
        ImmutableArray<Block> blocks = Blocks(context, output);
        return operands =>
        {
            for (int input = 0; input < blocks.Length; input++)
            {
                Block block = blocks[input];
                ReadOnlySpan<float> values = operands.Input(input);
                for (int outer = 0; outer < block.Count; outer++)
                {
                    values.Slice(outer * block.Length, block.Length).CopyTo(operands.Output[((outer * block.Stride) + block.Offset)..]);
                }
            }
        };
    }

    private static ImmutableArray<Block> Blocks(OperatorContext context, TensorType output)
    {
        int axis = AxisOf(context);
        int inner = OnnxShape.Count(output.Shape.AsSpan()[(axis + 1)..]);
        int outer = OnnxShape.Count(output.Shape.AsSpan()[..axis]);
        int offset = 0;
        ImmutableArray<Block>.Builder blocks = ImmutableArray.CreateBuilder<Block>();
        for (int i = 0; i < context.InputCount; i++)
        {
            int length = context.Shape(i)[axis] * inner;
            blocks.Add(new Block(outer, length, output.Shape[axis] * inner, offset));
            offset += length;
        }

        return blocks.ToImmutable();
    }

    /// <summary>Where one input goes: <c>Count</c> runs of <c>Length</c> cells, at <c>Offset</c>, <c>Offset + Stride</c> …</summary>
    private readonly record struct Block(int Count, int Length, int Stride, int Offset);
}
