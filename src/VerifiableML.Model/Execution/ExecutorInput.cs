using VerifiableML.Model.Quantized;

namespace VerifiableML.Model.Execution;

/// <summary>Checks that every executor makes before it starts.</summary>
public static class ExecutorInput
{
    /// <summary>Throws unless <paramref name="input"/> holds <paramref name="batchSize"/> inputs within the input tensor's range.</summary>
    /// <param name="model">The model.</param>
    /// <param name="input">Its inputs, <c>[b][y][x][c]</c>.</param>
    /// <param name="batchSize">How many they are to be.</param>
    /// <exception cref="ArgumentException">The number of values, or a value, does not fit; the message names the tensor.</exception>
    public static void Check(QuantizedModel model, ReadOnlySpan<int> input, int batchSize)
    {
        ArgumentNullException.ThrowIfNull(model);
        QuantizedTensor tensor = model.Input;
        if (batchSize < 1)
        {
            throw new ArgumentException($"batch size {batchSize} is not positive", nameof(batchSize));
        }

        if (input.Length != (long)tensor.Shape.Cells * batchSize)
        {
            throw new ArgumentException(
                $"input '{tensor.Name}' needs {tensor.Shape.Cells} values an input ({tensor.Shape}) and {batchSize} inputs, got {input.Length} values",
                nameof(input));
        }

        for (int i = 0; i < input.Length; i++)
        {
            if (input[i] < tensor.Minimum || input[i] > tensor.Maximum)
            {
                throw new ArgumentException(
                    $"input '{tensor.Name}': value {input[i]} at index {i} is outside the quantized range {tensor.Minimum}..{tensor.Maximum}",
                    nameof(input));
            }
        }
    }
}
