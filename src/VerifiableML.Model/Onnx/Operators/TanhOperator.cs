using System.Numerics.Tensors;
using VerifiableML.Model.Float;

namespace VerifiableML.Model.Onnx.Operators;

/// <summary><c>Tanh</c>: the hyperbolic tangent.</summary>
internal sealed class TanhOperator() : ElementwiseOperator("Tanh")
{
    /// <inheritdoc/>
    public override FloatKernel Compile(OperatorContext context, TensorType output) =>
        static operands => TensorPrimitives.Tanh(operands.Input(0), operands.Output);
}
