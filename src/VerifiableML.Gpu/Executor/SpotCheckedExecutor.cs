using VerifiableML.Gpu.Devices;
using VerifiableML.Model.Execution;
using VerifiableML.Model.Quantized;

namespace VerifiableML.Gpu.Executor;

/// <summary>
/// A device's executor whose large batches are spot-checked: the first input runs on the host's cores as well. It cannot find a rare error, but
/// a device, driver or compiler that gets a model's kernels wrong is found before anyone sees a result.
/// </summary>
/// <param name="device">The device's name, for the message.</param>
/// <param name="executor">Its executor.</param>
public sealed class SpotCheckedExecutor(string device, IIntegerExecutor executor) : IIntegerExecutor
{
    /// <summary>The least batch of which one input more is hardly felt.</summary>
    public const int LeastBatch = 16;

    /// <inheritdoc/>
    /// <exception cref="GpuException">The device failed, or computed something else than the host.</exception>
    public ExecutionTrace Execute(QuantizedModel model, ReadOnlySpan<int> input, int batchSize)
    {
        ExecutionTrace trace = executor.Execute(model, input, batchSize);
        Check(model, input, batchSize, trace.Output);
        return trace;
    }

    /// <inheritdoc/>
    /// <exception cref="GpuException">The device failed, or computed something else than the host.</exception>
    public int[] Run(QuantizedModel model, ReadOnlySpan<int> input, int batchSize)
    {
        int[] output = executor.Run(model, input, batchSize);
        Check(model, input, batchSize, output);
        return output;
    }

    private void Check(QuantizedModel model, ReadOnlySpan<int> input, int batchSize, int[] output)
    {
        if (batchSize < LeastBatch)
        {
            return;
        }

        int[] expected = new VectorExecutor().Execute(model, input[..model.Input.Shape.Cells], 1).Output;
        if (!output.AsSpan(0, expected.Length).SequenceEqual(expected))
        {
            throw new GpuException(
                GpuFailure.WrongResult, $"{device}: computed another output than the host's cores for the first input of the batch; use --device cpu");
        }
    }
}
