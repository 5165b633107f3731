namespace VerifiableML.Model.Onnx.Operators;

/// <summary><c>HardSigmoid</c>: <c>alpha · x + beta</c>, clipped to 0 … 1.</summary>
internal sealed class HardSigmoidOperator() : CompositeOperator("HardSigmoid", 1, 1, "alpha", "beta")
{
    /// <inheritdoc/>
    public override void Expand(OnnxNode node, CompositeExpansion expansion)
    {
        string line = Line(node, expansion, node.Float("alpha", 0.2f), node.Float("beta", 0.5f));
        expansion.Finish("Clip", [line], ("min", new FloatValue(0)), ("max", new FloatValue(1)));
    }

    /// <summary>Writes <c>alpha · x + beta</c> for the input of a node.</summary>
    internal static string Line(OnnxNode node, CompositeExpansion expansion, float alpha, float beta)
    {
        string product = expansion.Add("Mul", [node.Inputs[0], expansion.Constant(alpha)]);
        return expansion.Add("Add", [product, expansion.Constant(beta)]);
    }
}
