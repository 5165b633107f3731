using System.Diagnostics;
using ILGPU;
using ILGPU.Runtime;

namespace VerifiableML.Gpu.Devices;

/// <summary>A ceiling of the device: how many bytes a second a kernel reads and writes that does nothing else.</summary>
public static class CopyBandwidth
{
    private const int GroupSize = 256;
    private const int Repetitions = 10;

    /// <summary>Bytes read and written, per second, when <paramref name="bytes"/> are copied within device memory.</summary>
    public static double Measure(GpuDevice device, int bytes = 1 << 28)
    {
        ArgumentNullException.ThrowIfNull(device);
        int words = bytes / sizeof(long);
        return GpuErrors.Translate(device.Id, () =>
        {
            using MemoryBuffer1D<long, Stride1D.Dense> from = device.Accelerator.Allocate1D<long>(words);
            using MemoryBuffer1D<long, Stride1D.Dense> to = device.Accelerator.Allocate1D<long>(words);
            Action<AcceleratorStream, KernelConfig, ArrayView<long>, ArrayView<long>> copy =
                device.Accelerator.LoadKernel<ArrayView<long>, ArrayView<long>>(Copy);
            var grid = new KernelConfig((words + GroupSize - 1) / GroupSize, GroupSize);
            from.MemSetToZero(device.Stream);
            copy(device.Stream, grid, from.View, to.View);
            device.Synchronize();
            long start = Stopwatch.GetTimestamp();
            for (int i = 0; i < Repetitions; i++)
            {
                copy(device.Stream, grid, from.View, to.View);
            }

            device.Synchronize();
            return 2.0 * words * sizeof(long) * Repetitions / Stopwatch.GetElapsedTime(start).TotalSeconds;
        });
    }

    [Kernel]
    private static void Copy(ArrayView<long> from, ArrayView<long> to)
    {
        int i = Grid.GlobalIndex.X;
        if (i < from.Length)
        {
            to[i] = from[i];
        }
    }
}
