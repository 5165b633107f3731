using VerifiableML.Model.Float;

namespace VerifiableML.Model.Onnx.Operators;

/// <summary>
/// Softmax and its logarithm. Operator set 13 changed both: from one sum over all axes from <c>axis</c> (1 by default) on, to a sum
/// along <c>axis</c> alone (the last by default).
/// </summary>
internal abstract class NormalizedExponentialOperator(string opType) : OnnxOperator(opType, 1, 1, "axis")
{
    /// <inheritdoc/>
    public override TensorType Infer(OperatorContext context)
    {
        context.RequireFloats(0);
        Lines(context);
        return new TensorType(OnnxElementType.Float, context.Shape(0));
    }

    /// <inheritdoc/>
    public override bool MixesFirstAxis(OperatorContext context) => Axis(context) == 0;

    /// <summary>
    /// How a node's sums run: <c>Outer · Inner</c> sums of <c>Length</c> cells each, which stand <c>Inner</c> cells apart.
    /// </summary>
    public static (int Outer, int Length, int Inner) Lines(OperatorContext context)
    {
        ReadOnlySpan<int> shape = context.Shape(0).AsSpan();
        int axis = Axis(context);
        int outer = OnnxShape.Count(shape[..axis]);
        return context.Node.Opset < 13
            ? (outer, OnnxShape.Count(shape[axis..]), 1)
            : (outer, shape[axis], OnnxShape.Count(shape[(axis + 1)..]));
    }

    /// <inheritdoc/>
    public override FloatKernel Compile(OperatorContext context, TensorType output)
    {
        (int outer, int length, int inner) = Lines(context);
        return operands =>
        {
            for (int o = 0; o < outer; o++)
            {
                for (int i = 0; i < inner; i++)
                {
                    int start = (o * length * inner) + i;
                    Normalize(operands.Input(0)[start..], operands.Output[start..], length, inner);
                }
            }
        };
    }

    /// <summary>One cell, from its input minus the greatest of its line and the line's sum of exponentials of those.</summary>
    protected abstract float Finish(float shifted, double sum);

    private void Normalize(ReadOnlySpan<float> input, Span<float> output, int length, int stride)
    {
        float greatest = float.NegativeInfinity;
        for (int i = 0; i < length; i++)
        {
            greatest = MathF.Max(greatest, input[i * stride]);
        }

        double sum = 0;
        for (int i = 0; i < length; i++)
        {
            sum += Math.Exp(input[i * stride] - greatest);
        }

        for (int i = 0; i < length; i++)
        {
            output[i * stride] = Finish(input[i * stride] - greatest, sum);
        }
    }

    private static int Axis(OperatorContext context) =>
        context.Axis(context.Node.Integer("axis", context.Node.Opset < 13 ? 1 : -1), context.Input(0).Rank);
}
