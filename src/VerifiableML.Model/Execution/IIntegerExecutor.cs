using VerifiableML.Model.Quantized;

namespace VerifiableML.Model.Execution;

/// <summary>Runs a model in exact integers. Every implementation returns the same bits.</summary>
public interface IIntegerExecutor
{
    /// <summary>Runs <paramref name="model"/> on a batch.</summary>
    /// <param name="model">The model.</param>
    /// <param name="input">Quantized inputs, <c>[b][y][x][c]</c>, each within the input tensor's range.</param>
    /// <param name="batchSize">Number of inputs, at least 1.</param>
    /// <exception cref="ArgumentException">The input's length or a value does not fit the model; the message names the tensor.</exception>
    ExecutionTrace Execute(QuantizedModel model, ReadOnlySpan<int> input, int batchSize);

    /// <summary>Runs <paramref name="model"/> on a batch and keeps nothing but its output.</summary>
    /// <param name="model">The model.</param>
    /// <param name="input">Quantized inputs, <c>[b][y][x][c]</c>, each within the input tensor's range.</param>
    /// <param name="batchSize">Number of inputs, at least 1.</param>
    /// <returns>The integers of the model's output, <c>[b][y][x][c]</c>.</returns>
    /// <exception cref="ArgumentException">The input's length or a value does not fit the model; the message names the tensor.</exception>
    int[] Run(QuantizedModel model, ReadOnlySpan<int> input, int batchSize) => Execute(model, input, batchSize).Output;
}
