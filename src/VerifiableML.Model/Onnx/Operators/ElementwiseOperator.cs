using VerifiableML.Model.Float;

namespace VerifiableML.Model.Onnx.Operators;

/// <summary>A function of floats that is applied to each cell of one input.</summary>
internal abstract class ElementwiseOperator(string opType, params System.Collections.Immutable.ImmutableArray<string> attributes)
    : OnnxOperator(opType, 1, 1, attributes)
{
    /// <inheritdoc/>
    public override TensorType Infer(OperatorContext context)
    {
        context.RequireFloats(0);
        return new TensorType(OnnxElementType.Float, context.Shape(0));
    }

    /// <inheritdoc/>
    public override OnnxTensor? Fold(OperatorContext context, TensorType output) => FloatFolding.Fold(this, context, output);
}
