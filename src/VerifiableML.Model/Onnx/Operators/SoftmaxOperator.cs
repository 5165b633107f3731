namespace VerifiableML.Model.Onnx.Operators;

/// <summary><c>Softmax</c>: <c>e^x / Σ e^x</c> along an axis; up to operator set 12 along all axes from it on.</summary>
internal sealed class SoftmaxOperator() : NormalizedExponentialOperator("Softmax")
{
    /// <inheritdoc/>
    protected override float Finish(float shifted, double sum) => (float)(Math.Exp(shifted) / sum);
}
