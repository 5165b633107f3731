namespace VerifiableML.Model.Onnx.Operators;

/// <summary><c>GlobalMaxPool</c>: the greatest value of each channel; a <c>MaxPool</c> whose window is the whole input.</summary>
internal sealed class GlobalMaxPoolOperator() : CompositeOperator("GlobalMaxPool", 1, 1)
{
    /// <inheritdoc/>
    public override void Expand(OnnxNode node, CompositeExpansion expansion) =>
        expansion.Finish("MaxPool", [node.Inputs[0]], (PoolingOperator.WholeInput, new IntegerValue(1)));
}
