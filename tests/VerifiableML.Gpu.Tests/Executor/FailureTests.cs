using VerifiableML.Gpu.Devices;
using VerifiableML.Gpu.Executor;
using VerifiableML.Model.Execution;
using VerifiableML.Model.Quantized;
using VerifiableML.Model.Samples;
using VerifiableML.Model.Tests.Execution.Conformance;

namespace VerifiableML.Gpu.Tests.Executor;

/// <summary>What happens where memory is short, or a device computes something wrong.</summary>
public sealed class FailureTests
{
    [Fact]
    public void A_batch_that_does_not_fit_is_run_in_parts()
    {
        using GpuDevice device = GpuDevice.OpenSimulated();
        QuantizedModel model = SyntheticModels.Mlp(40, 30, 5);
        using var executor = new GpuExecutor(device, memoryLimit: 5000);
        new ConformanceCase("in parts", model, 20).Check(executor);
        Assert.InRange(executor.ActivationBytes, 1, 8192);
    }

    [Fact]
    public void An_output_that_differs_in_one_integer_is_a_failure_of_the_device()
    {
        QuantizedModel model = SyntheticModels.Mlp(8, 4);
        int[] input = SyntheticModels.Input(model, SpotCheckedExecutor.LeastBatch);
        var wrong = new SpotCheckedExecutor("cuda:0", new Faulty());
        Assert.Equal(GpuFailure.WrongResult, Assert.Throws<GpuException>(() => wrong.Execute(model, input, SpotCheckedExecutor.LeastBatch)).Failure);
        Assert.Equal(GpuFailure.WrongResult, Assert.Throws<GpuException>(() => wrong.Run(model, input, SpotCheckedExecutor.LeastBatch)).Failure);
        var right = new SpotCheckedExecutor("cuda:0", new VectorExecutor());
        Assert.Equal(new VectorExecutor().Execute(model, input, SpotCheckedExecutor.LeastBatch).Output, ((IIntegerExecutor)right).Run(model, input, SpotCheckedExecutor.LeastBatch));
    }

    [Fact]
    public void The_self_test_passes_on_the_simulated_device_and_fails_where_an_integer_is_wrong()
    {
        using GpuDevice device = GpuDevice.OpenSimulated();
        using var executor = new GpuExecutor(device);
        ExecutorSelfTest.Run(device, executor);
        Assert.Equal(GpuFailure.WrongResult, Assert.Throws<GpuException>(() => ExecutorSelfTest.Run(device, new Faulty())).Failure);
    }

    [Fact]
    public void What_the_runtime_throws_becomes_one_line_that_says_what_to_do()
    {
        GpuException memory = GpuErrors.Describe("cuda:0", new InsufficientMemoryException("no\nmore"));
        Assert.Equal(GpuFailure.OutOfMemory, memory.Failure);
        Assert.DoesNotContain('\n', memory.Message);
        Assert.Contains("smaller batch", memory.Message, StringComparison.Ordinal);
        Assert.Equal(GpuFailure.KernelFailed, GpuErrors.Describe("cuda:0", new NotSupportedException("x")).Failure);
        Assert.Throws<ArgumentException>(() => GpuErrors.Translate<int>("cuda:0", () => throw new ArgumentException("the caller's own")));
    }

    /// <summary>Right but for one integer of the output.</summary>
    private sealed class Faulty : IIntegerExecutor
    {
        public ExecutionTrace Execute(QuantizedModel model, ReadOnlySpan<int> input, int batchSize)
        {
            ExecutionTrace trace = new VectorExecutor().Execute(model, input, batchSize);
            trace.Output[0]++;
            return trace;
        }
    }
}
