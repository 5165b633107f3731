namespace VerifiableML.Model.Onnx.Operators;

/// <summary><c>Neg</c>: <c>−1 · x</c>.</summary>
internal sealed class NegOperator() : CompositeOperator("Neg", 1, 1)
{
    /// <inheritdoc/>
    public override void Expand(OnnxNode node, CompositeExpansion expansion) =>
        expansion.Finish("Mul", [node.Inputs[0], expansion.Constant(-1)]);
}
