using System.Numerics.Tensors;
using VerifiableML.Model.Float;

namespace VerifiableML.Model.Onnx.Operators;

/// <summary><c>Clip</c> between constant bounds, which are attributes up to operator set 10 and inputs from 11 on.</summary>
internal sealed class ClipOperator() : OnnxOperator("Clip", 1, 3, "min", "max")
{
    /// <inheritdoc/>
    public override TensorType Infer(OperatorContext context)
    {
        context.RequireFloats(0, 1, 2);
        Bounds(context);
        return new TensorType(OnnxElementType.Float, context.Shape(0));
    }

    /// <summary>The bounds of a node of this operator; infinite where there is none.</summary>
    public static (float Minimum, float Maximum) Bounds(OperatorContext context)
    {
        return (Bound(1, "min", float.NegativeInfinity), Bound(2, "max", float.PositiveInfinity));

        float Bound(int index, string name, float missing)
        {
            if (!context.Has(index))
            {
                return context.Node.Float(name, missing);
            }

            OnnxTensor bound = context.RequireConstant(index, name);
            return bound.Count == 1 ? bound.ToFloats()[0] : throw context.Error($"'{bound.Name}' must be one number");
        }
    }

    /// <inheritdoc/>
    public override OnnxTensor? Fold(OperatorContext context, TensorType output) => FloatFolding.Fold(this, context, output);

    /// <inheritdoc/>
    public override FloatKernel Compile(OperatorContext context, TensorType output)
    {
        (float minimum, float maximum) = Bounds(context);
        return operands =>
        {
            // In this order: where the bounds are the wrong way round, the upper one wins.
            TensorPrimitives.Max(operands.Input(0), minimum, operands.Output);
            TensorPrimitives.Min(operands.Output, maximum, operands.Output);
        };
    }
}
