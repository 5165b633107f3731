using System.Collections.Immutable;
using VerifiableML.Model.Float;

namespace VerifiableML.Model.Onnx.Operators;

/// <summary>An elementwise operation on two tensors that broadcast to one shape.</summary>
internal abstract class ArithmeticOperator(string opType) : OnnxOperator(opType, 2, 2)
{
    /// <inheritdoc/>
    public override TensorType Infer(OperatorContext context)
    {
        OnnxTensorInfo left = context.Input(0);
        OnnxTensorInfo right = context.Input(1);
        if (left.ElementType != right.ElementType)
        {
            throw context.Error($"'{left.Name}' holds {left.ElementType}, '{right.Name}' holds {right.ElementType}");
        }

        if (left.ElementType != OnnxElementType.Float && !context.AllConstant)
        {
            throw context.Error($"'{left.Name}' must hold floats and holds {left.ElementType}");
        }

        return OnnxShape.TryBroadcast(left.Shape, right.Shape, out ImmutableArray<int> shape)
            ? new TensorType(left.ElementType, shape)
            : throw context.Error(
                $"{left.Title} and {right.Title} do not broadcast");
    }

    /// <inheritdoc/>
    public override OnnxTensor? Fold(OperatorContext context, TensorType output)
    {
        if (!context.AllConstant)
        {
            return null;
        }

        if (output.ElementType == OnnxElementType.Float)
        {
            return FloatFolding.Fold(this, context, output);
        }

        long[] left = context.Constant(0)!.ToIntegers();
        long[] right = context.Constant(1)!.ToIntegers();
        int[] leftIndices = OnnxShape.BroadcastIndices(context.Shape(0), output.Shape);
        int[] rightIndices = OnnxShape.BroadcastIndices(context.Shape(1), output.Shape);
        long[] values = new long[output.Count];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = Combine(context, left[leftIndices[i]], right[rightIndices[i]]);
        }

        return IntegerTensor.Make(context, output, values);
    }

    /// <inheritdoc/>
    public override FloatKernel Compile(OperatorContext context, TensorType output)
    {
        BroadcastPlan plan = BroadcastPlan.Of(context.Shape(0), context.Shape(1), output.Shape);
        return operands =>
        {
            ReadOnlySpan<float> left = operands.Input(0);
            ReadOnlySpan<float> right = operands.Input(1);
            int length = plan.RunLength;
            for (int run = 0; run < plan.LeftStarts.Length; run++)
            {
                ReadOnlySpan<float> a = left.Slice(plan.LeftStarts[run], plan.LeftAdvances ? length : 1);
                ReadOnlySpan<float> b = right.Slice(plan.RightStarts[run], plan.RightAdvances ? length : 1);
                Span<float> result = operands.Output.Slice(run * length, length);
                if (!plan.RightAdvances)
                {
                    Combine(a, b[0], result);
                }
                else if (!plan.LeftAdvances)
                {
                    Combine(a[0], b, result);
                }
                else
                {
                    Combine(a, b, result);
                }
            }
        };
    }

    /// <summary>The operation on two runs of one length.</summary>
    protected abstract void Combine(ReadOnlySpan<float> left, ReadOnlySpan<float> right, Span<float> result);

    /// <summary>The operation on a run and one number.</summary>
    protected abstract void Combine(ReadOnlySpan<float> left, float right, Span<float> result);

    /// <summary>The operation on one number and a run.</summary>
    protected abstract void Combine(float left, ReadOnlySpan<float> right, Span<float> result);

    /// <summary>
    /// The operation on integer constants; throws the node's error or <see cref="OverflowException"/> where it has no value.
    /// </summary>
    protected abstract long Combine(OperatorContext context, long left, long right);
}
