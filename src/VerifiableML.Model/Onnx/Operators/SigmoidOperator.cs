using System.Numerics.Tensors;
using VerifiableML.Model.Float;

namespace VerifiableML.Model.Onnx.Operators;

/// <summary><c>Sigmoid</c>: <c>1 / (1 + e^−x)</c>.</summary>
internal sealed class SigmoidOperator() : ElementwiseOperator("Sigmoid")
{
    /// <inheritdoc/>
    public override FloatKernel Compile(OperatorContext context, TensorType output) =>
        static operands => TensorPrimitives.Sigmoid(operands.Input(0), operands.Output);
}
