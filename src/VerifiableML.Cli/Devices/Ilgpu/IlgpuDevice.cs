using VerifiableML.Gpu.Devices;
using VerifiableML.Gpu.Executor;
using VerifiableML.Prover;

namespace VerifiableML.Cli.Devices;

/// <summary>A GPU that has shown on a small model that it computes what the cores do.</summary>
internal sealed class IlgpuDevice : ComputeDevice
{
    private readonly GpuDevice _device;
    private readonly GpuExecutor _executor;

    private IlgpuDevice(GpuDevice device, GpuExecutor executor, ProverBackend backend)
        : base(device.Id, device.Name, new SpotCheckedExecutor(device.Id, executor), backend)
    {
        (_device, _executor) = (device, executor);
    }

    /// <summary>ILGPU's handle.</summary>
    public GpuDevice Device => _device;

    /// <summary>The executor without its check, for measurements.</summary>
    public GpuExecutor GpuExecutor => _executor;

    /// <summary>Opens CUDA device <paramref name="ordinal"/>.</summary>
    /// <exception cref="GpuException">It cannot be used.</exception>
    public static IlgpuDevice Open(int ordinal) => Of(GpuDevice.Open(ordinal));

    private static IlgpuDevice Of(GpuDevice device)
    {
        var executor = new GpuExecutor(device);
        try
        {
            ExecutorSelfTest.Run(device, executor);
            return new IlgpuDevice(device, executor, ProverBackend.Cpu);
        }
        catch
        {
            executor.Dispose();
            device.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _executor.Dispose();
            _device.Dispose();
        }

        base.Dispose(disposing);
    }
}
