using VerifiableML.Model.Float;

namespace VerifiableML.Model.Onnx.Operators;

/// <summary><c>LeakyRelu</c>: <c>x</c> where positive, else <c>alpha · x</c>.</summary>
internal sealed class LeakyReluOperator() : ElementwiseOperator("LeakyRelu", "alpha")
{
    /// <summary>The slope below zero of a node of this operator.</summary>
    public static float Alpha(OnnxNode node) => node.Float("alpha", 0.01f);

    /// <inheritdoc/>
    public override FloatKernel Compile(OperatorContext context, TensorType output)
    {
        float alpha = Alpha(context.Node);
        return operands =>
        {
            ReadOnlySpan<float> input = operands.Input(0);
            for (int i = 0; i < input.Length; i++)
            {
                operands.Output[i] = input[i] < 0 ? alpha * input[i] : input[i];
            }
        };
    }
}
