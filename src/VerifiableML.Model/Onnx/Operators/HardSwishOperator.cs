namespace VerifiableML.Model.Onnx.Operators;

/// <summary><c>HardSwish</c>: <c>x</c> times <c>x / 6 + 1/2</c> clipped to 0 … 1.</summary>
internal sealed class HardSwishOperator() : CompositeOperator("HardSwish", 1, 1)
{
    /// <inheritdoc/>
    public override void Expand(OnnxNode node, CompositeExpansion expansion)
    {
        string line = HardSigmoidOperator.Line(node, expansion, 1f / 6, 0.5f);
        string gate = expansion.Add("Clip", [line], ("min", new FloatValue(0)), ("max", new FloatValue(1)));
        expansion.Finish("Mul", [node.Inputs[0], gate]);
    }
}
