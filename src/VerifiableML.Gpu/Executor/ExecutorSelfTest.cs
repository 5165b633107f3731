using VerifiableML.Gpu.Devices;
using VerifiableML.Model.Execution;
using VerifiableML.Model.Quantized;
using VerifiableML.Model.Samples;

namespace VerifiableML.Gpu.Executor;

/// <summary>Shows that a device computes what the host does, before it is used.</summary>
public static class ExecutorSelfTest
{
    private const int BatchSize = 3;

    /// <summary>Runs LeNet-5 on both and compares every value and accumulator.</summary>
    /// <exception cref="GpuException">The device failed, or computed something else than the host.</exception>
    public static void Run(GpuDevice device, IIntegerExecutor executor)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(executor);
        QuantizedModel model = SyntheticModels.Lenet5();
        int[] input = SyntheticModels.Input(model, BatchSize);
        ExecutionTrace expected = new VectorExecutor().Execute(model, input, BatchSize);
        ExecutionTrace actual = executor.Execute(model, input, BatchSize);
        for (int i = 0; i < model.Nodes.Length; i++)
        {
            if (!expected.Values[i + 1].AsSpan().SequenceEqual(actual.Values[i + 1])
                || !expected.Accumulators[i].AsSpan().SequenceEqual(actual.Accumulators[i]))
            {
                throw new GpuException(
                    GpuFailure.WrongResult, $"{device.Id}: computes '{model.Nodes[i].Name}' of the self-test otherwise than the host's cores; use --device cpu");
            }
        }
    }
}
