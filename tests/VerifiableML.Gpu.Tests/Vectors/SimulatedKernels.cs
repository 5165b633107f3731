using VerifiableML.Algebra.Vectors;
using VerifiableML.Gpu.Devices;
using VerifiableML.Gpu.Vectors;

namespace VerifiableML.Gpu.Tests.Vectors;

/// <summary>The device's kernels on ILGPU's CPU accelerator, with every vector on the device however short it is.</summary>
public sealed class SimulatedKernels : IDisposable
{
    public SimulatedKernels()
    {
        Device = GpuDevice.OpenSimulated();
        Kernels = new GpuFieldKernels(Device, new ReferenceFieldKernels(), hostLength: 0);
    }

    public GpuDevice Device { get; }

    public GpuFieldKernels Kernels { get; }

    public void Dispose()
    {
        Kernels.Dispose();
        Device.Dispose();
    }
}
