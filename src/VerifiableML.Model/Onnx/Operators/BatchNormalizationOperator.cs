using System.Numerics.Tensors;
using VerifiableML.Model.Float;

namespace VerifiableML.Model.Onnx.Operators;

/// <summary>
/// <c>BatchNormalization</c> at inference: <c>(x − mean) · scale / √(variance + epsilon) + bias</c>, with one of each for every index
/// of axis 1.
/// </summary>
internal sealed class BatchNormalizationOperator : OnnxOperator
{
    private static readonly string[] Parameters = ["input", "scale", "bias", "mean", "variance"];

    /// <summary>The operator.</summary>
    public BatchNormalizationOperator()
        : base("BatchNormalization", 5, 5, "epsilon", "momentum", "spatial", "training_mode")
    {
        MostOutputs = 5;
    }

    /// <inheritdoc/>
    public override TensorType Infer(OperatorContext context)
    {
        context.RequireFloats(0, 1, 2, 3, 4);
        OnnxTensorInfo input = context.Input(0);
        if (context.Node.Integer("training_mode", 0) != 0 || context.Node.Integer("spatial", 1) != 1)
        {
            throw context.Error("training mode and spatial = 0 are not supported");
        }

        int channels = input.Rank >= 2 ? input.Shape[1] : throw context.Error($"{input.Title} has no channels");
        for (int i = 1; i < 5; i++)
        {
            OnnxTensor parameter = context.RequireConstant(i, Parameters[i]);
            if (!parameter.Shape.SequenceEqual([channels]))
            {
                throw context.Error($"{Parameters[i]} {parameter.Info.Title} must have {channels} elements");
            }
        }

        AffineForm(context);
        return new TensorType(OnnxElementType.Float, input.Shape);
    }

    /// <summary>The operator as <c>Factors[c] · x + Offsets[c]</c>.</summary>
    public static (double[] Factors, double[] Offsets) AffineForm(OperatorContext context)
    {
        float[][] values = [.. Enumerable.Range(1, 4).Select(i => context.RequireConstant(i, Parameters[i]).ToFloats())];
        (float[] scale, float[] bias, float[] mean, float[] variance) = (values[0], values[1], values[2], values[3]);
        float epsilon = context.Node.Float("epsilon", 1e-5f);
        double[] factors = new double[scale.Length];
        double[] offsets = new double[scale.Length];
        for (int c = 0; c < factors.Length; c++)
        {
            factors[c] = scale[c] / Math.Sqrt(variance[c] + (double)epsilon);
            offsets[c] = bias[c] - (mean[c] * factors[c]);
            if (!double.IsFinite(factors[c]) || !double.IsFinite(offsets[c]))
            {
                throw context.Error($"variance {variance[c]} of channel {c} in '{context.Input(4).Name}' is not positive enough");
            }
        }

        return (factors, offsets);
    }

    /// <inheritdoc/>
    public override FloatKernel Compile(OperatorContext context, TensorType output)
    {
        (double[] factors, double[] offsets) = AffineForm(context);
        int cells = OnnxShape.Count(output.Shape.AsSpan()[2..]);
        return operands =>
        {
            for (int plane = 0; plane < operands.Output.Length / cells; plane++)
            {
                int channel = plane % factors.Length;
                Span<float> result = operands.Output.Slice(plane * cells, cells);
                TensorPrimitives.Multiply(operands.Input(0).Slice(plane * cells, cells), (float)factors[channel], result);
                TensorPrimitives.Add(result, (float)offsets[channel], result);
            }
        };
    }
}
