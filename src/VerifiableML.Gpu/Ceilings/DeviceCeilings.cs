using System.Diagnostics;
using ILGPU;
using ILGPU.Runtime;
using VerifiableML.Gpu.Devices;
using VerifiableML.Gpu.Fields;

namespace VerifiableML.Gpu.Ceilings;

/// <summary>
/// What a device does at most, measured in this run by kernels that do nothing else: the measure for every stage, as no stage can be faster.
/// </summary>
/// <param name="CopyBytesPerSecond">Bytes read and written in device memory.</param>
/// <param name="UploadBytesPerSecond">Bytes from page-locked host memory to the device.</param>
/// <param name="DownloadBytesPerSecond">Bytes from the device to page-locked host memory.</param>
/// <param name="MultiplicationsPerSecond">Products in the scalar field, many independent ones in flight.</param>
public sealed record DeviceCeilings(
    double CopyBytesPerSecond, double UploadBytesPerSecond, double DownloadBytesPerSecond, double MultiplicationsPerSecond)
{
    private const int GroupSize = 256;
    private const int Repetitions = 5;

    /// <summary>Measures all of it: about a second on a large device.</summary>
    /// <exception cref="GpuException">The device failed.</exception>
    public static DeviceCeilings Measure(GpuDevice device)
    {
        ArgumentNullException.ThrowIfNull(device);

        // The simulated device is there to see that this works; its figures mean nothing.
        int bytes = device.IsHardware ? 1 << 28 : 1 << 12;
        int threads = device.IsHardware ? 1 << 18 : GroupSize;
        int rounds = device.IsHardware ? 1 << 9 : 2;
        return GpuErrors.Translate(device.Id, () =>
        {
            (double up, double down) = MeasureTransfers(device, bytes);
            double products = (double)threads * CeilingKernels.Chains * rounds / TimeOfProducts(device, threads, rounds);
            return new DeviceCeilings(CopyBandwidth.Measure(device, bytes), up, down, products);
        });
    }

    private static (double Up, double Down) MeasureTransfers(GpuDevice device, int bytes)
    {
        int words = bytes / sizeof(ulong);
        using PageLockedArray1D<ulong> host = device.Accelerator.AllocatePageLocked1D<ulong>(words);
        using MemoryBuffer1D<ulong, Stride1D.Dense> memory = device.Accelerator.Allocate1D<ulong>(words);
        double up = Best(device, () => memory.View.CopyFromPageLockedAsync(device.Stream, host));
        double down = Best(device, () => memory.View.CopyToPageLockedAsync(device.Stream, host));
        return (bytes / up, bytes / down);
    }

    private static double TimeOfProducts(GpuDevice device, int threads, int rounds)
    {
        Action<AcceleratorStream, KernelConfig, ArrayView<uint>, DeviceElement, int, int> multiply =
            device.Accelerator.LoadKernel<ArrayView<uint>, DeviceElement, int, int>(CeilingKernels.Multiply);
        using MemoryBuffer1D<uint, Stride1D.Dense> results = device.Accelerator.Allocate1D<uint>(threads);
        var grid = new KernelConfig((threads + GroupSize - 1) / GroupSize, GroupSize);
        return Best(device, () => multiply(device.Stream, grid, results.View.BaseView, ScalarField.One, threads, rounds));
    }

    /// <summary>Seconds of the fastest of some runs, the first one, which may compile, left out.</summary>
    private static double Best(GpuDevice device, Action work)
    {
        double best = double.MaxValue;
        for (int i = 0; i <= Repetitions; i++)
        {
            device.Synchronize();
            long start = Stopwatch.GetTimestamp();
            work();
            device.Synchronize();
            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            best = i > 0 ? Math.Min(best, seconds) : best;
        }

        return best;
    }
}
