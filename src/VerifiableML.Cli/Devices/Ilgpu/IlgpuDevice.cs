using VerifiableML.Gpu;
using VerifiableML.Gpu.Ceilings;
using VerifiableML.Gpu.Devices;
using VerifiableML.Gpu.Executor;
using VerifiableML.Model.Quantized;

namespace VerifiableML.Cli.Devices;

/// <summary>A GPU that has shown on a small model that it computes what the cores do.</summary>
internal sealed class IlgpuDevice : ComputeDevice
{
    private readonly GpuDevice _device;
    private readonly GpuExecutor _executor;
    private readonly GpuProver _prover;

    private IlgpuDevice(GpuDevice device, GpuExecutor executor, GpuProver prover)
        : base(device.Id, device.Name, new SpotCheckedExecutor(device.Id, executor), prover.Backend)
    {
        (_device, _executor, _prover) = (device, executor, prover);
    }

    /// <summary>Opens a CUDA device, or the simulated one.</summary>
    /// <exception cref="GpuException">It cannot be used.</exception>
    public static IlgpuDevice Open(string device) =>
        Of(DeviceOption.Ordinal(device) is { } ordinal ? GpuDevice.Open(ordinal) : GpuDevice.OpenSimulated());

    /// <inheritdoc/>
    public override int[] Run(QuantizedModel model, int[] input, int batchSize, Action<int, TimeSpan>? nodeRan) =>
        _executor.Run(model, input, batchSize, nodeRan);

    /// <inheritdoc/>
    public override DeviceLimits? MeasureLimits()
    {
        var ceilings = DeviceCeilings.Measure(_device);
        return new DeviceLimits(
            ceilings.CopyBytesPerSecond, ceilings.UploadBytesPerSecond, ceilings.DownloadBytesPerSecond, ceilings.MultiplicationsPerSecond);
    }

    private static IlgpuDevice Of(GpuDevice device)
    {
        var executor = new GpuExecutor(device);
        try
        {
            ExecutorSelfTest.Run(device, executor);
            return new IlgpuDevice(device, executor, new GpuProver(device));
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
            _prover.Dispose();
            _executor.Dispose();
            _device.Dispose();
        }

        base.Dispose(disposing);
    }
}
