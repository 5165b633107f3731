namespace VerifiableML.Model.Onnx.Operators;

/// <summary>Scales and zero points of an operation on two quantized tensors that makes a third.</summary>
/// <param name="Left">Those of the left operand or the input; per tensor.</param>
/// <param name="Right">Those of the right operand or the weights; by output channel or column where there are several.</param>
/// <param name="Output">Those of the output; per tensor.</param>
internal sealed record QuantizedOperands(QuantizationParameters Left, QuantizationParameters Right, QuantizationParameters Output)
{
    /// <summary>What an accumulator of an output channel is multiplied with, in 32-bit floating point as onnxruntime has it.</summary>
    public float Multiplier(int channel) => Left.Scale(0) * Right.Scale(channel) / Output.Scale(0);

    /// <summary>Turns accumulators into outputs; accumulator <c>i</c> belongs to channel <c>i / inner % channels</c>.</summary>
    public void Requantize(ReadOnlySpan<int> accumulators, Span<float> output, int channels, int inner)
    {
        for (int i = 0; i < accumulators.Length; i++)
        {
            output[i] = Output.Saturate(accumulators[i] * Multiplier(i / inner % channels), 0);
        }
    }
}
