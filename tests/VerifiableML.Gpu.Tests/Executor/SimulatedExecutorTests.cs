using VerifiableML.Gpu.Devices;
using VerifiableML.Gpu.Executor;
using VerifiableML.Model.Tests.Execution.Conformance;

namespace VerifiableML.Gpu.Tests.Executor;

/// <summary>The executor's kernels on ILGPU's CPU accelerator, against the reference, case by case.</summary>
public sealed class SimulatedExecutorTests : IClassFixture<SimulatedExecutorTests.Simulation>
{
    private readonly Simulation _simulation;

    public SimulatedExecutorTests(Simulation simulation) => _simulation = simulation;

    public static TheoryData<string> Names => [.. ConformanceCases.Operators.Select(each => each.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_kernels_conform(string name) => ConformanceCases.Operators.Single(each => each.Name == name).Check(_simulation.Executor);

    [Fact]
    public void Random_networks_conform()
    {
        foreach (ConformanceCase conformance in ConformanceCases.RandomNetworks(40))
        {
            conformance.Check(_simulation.Executor);
        }
    }

    [Fact]
    public void Lenet_conforms() => ConformanceCases.Lenet(1).Check(_simulation.Executor);

    /// <summary>One simulated device for all tests of the class.</summary>
    public sealed class Simulation : IDisposable
    {
        private readonly GpuDevice _device = GpuDevice.OpenSimulated();

        public Simulation() => Executor = new GpuExecutor(_device);

        public GpuExecutor Executor { get; }

        public void Dispose()
        {
            Executor.Dispose();
            _device.Dispose();
        }
    }
}
