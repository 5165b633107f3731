namespace VerifiableML.Model.Onnx.Operators;

/// <summary><c>PRelu</c>: <c>x</c> where positive, else <c>slope · x</c>; that is <c>max(x, 0) − slope · max(−x, 0)</c>.</summary>
internal sealed class PReluOperator() : CompositeOperator("PRelu", 2, 2)
{
    /// <inheritdoc/>
    public override void Expand(OnnxNode node, CompositeExpansion expansion)
    {
        string positive = expansion.Add("Relu", [node.Inputs[0]]);
        string negated = expansion.Add("Mul", [node.Inputs[0], expansion.Constant(-1)]);
        string negative = expansion.Add("Relu", [negated]);
        string scaled = expansion.Add("Mul", [negative, node.Inputs[1]]);
        expansion.Finish("Sub", [positive, scaled]);
    }
}
