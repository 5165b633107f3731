namespace VerifiableML.Model.Onnx.Operators;

/// <summary><c>LogSoftmax</c>: the logarithm of <c>Softmax</c>.</summary>
internal sealed class LogSoftmaxOperator() : NormalizedExponentialOperator("LogSoftmax")
{
    /// <inheritdoc/>
    protected override float Finish(float shifted, double sum) => (float)(shifted - Math.Log(sum));
}
