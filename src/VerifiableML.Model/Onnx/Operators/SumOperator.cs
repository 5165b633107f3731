namespace VerifiableML.Model.Onnx.Operators;

/// <summary><c>Sum</c>: one addition after the other, with broadcasting.</summary>
internal sealed class SumOperator() : CompositeOperator("Sum", 1, 64)
{
    /// <inheritdoc/>
    public override void Expand(OnnxNode node, CompositeExpansion expansion)
    {
        if (node.Inputs.Length == 1)
        {
            expansion.Finish("Identity", [node.Inputs[0]]);
            return;
        }

        string sum = node.Inputs[0];
        foreach (string addend in node.Inputs[1..^1])
        {
            sum = expansion.Add("Add", [sum, addend]);
        }

        expansion.Finish("Add", [sum, node.Inputs[^1]]);
    }
}
