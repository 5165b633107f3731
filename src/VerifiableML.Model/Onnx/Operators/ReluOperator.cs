using System.Numerics.Tensors;
using VerifiableML.Model.Float;

namespace VerifiableML.Model.Onnx.Operators;

/// <summary><c>Relu</c>: <c>max(x, 0)</c>.</summary>
internal sealed class ReluOperator() : ElementwiseOperator("Relu")
{
    /// <inheritdoc/>
    public override FloatKernel Compile(OperatorContext context, TensorType output) =>
        static operands => TensorPrimitives.Max(operands.Input(0), 0f, operands.Output);
}
