using VerifiableML.Gpu.Devices;
using VerifiableML.Gpu.Executor;
using VerifiableML.Model.Tests.Execution.Conformance;

namespace VerifiableML.Gpu.Tests.Executor;

/// <summary>
/// The same cases on the PTX of the kernels: what ILGPU's translation and its optimizer made of them, dot-product instructions included. All
/// cases take minutes, so each run has every operator and a part of its cases; VML_ALL_PTX=1 runs all of them.
/// </summary>
public sealed class PtxExecutorTests
{
    private const int Share = 5;

    [Fact]
    public void The_PTX_of_the_kernels_conforms()
    {
        using GpuDevice device = GpuDevice.OpenSimulated();
        using var executor = new GpuExecutor(device, _ => new PtxKernels());
        bool all = Environment.GetEnvironmentVariable("VML_ALL_PTX") is not null;
        foreach (ConformanceCase conformance in ConformanceCases.Operators.Where((each, i) => all || (i % Share == 0 && each.Model.Nodes.Length == 1)))
        {
            conformance.Check(executor, all ? null : "extremes");
        }
    }
}
