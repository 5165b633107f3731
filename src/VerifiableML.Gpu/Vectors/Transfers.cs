using System.Runtime.InteropServices;
using ILGPU;
using ILGPU.Runtime;
using VerifiableML.Gpu.Devices;
using VerifiableML.Prover;

namespace VerifiableML.Gpu.Vectors;

/// <summary>Copies between host and device in the order of the device's stream, and counts them and the kernels.</summary>
/// <param name="device">The device.</param>
internal sealed class Transfers(GpuDevice device)
{
    private long _bytesUp;
    private long _bytesDown;
    private long _launches;

    /// <summary>What was asked for so far.</summary>
    public DeviceTraffic Count => new(Volatile.Read(ref _bytesUp), Volatile.Read(ref _bytesDown), Volatile.Read(ref _launches));

    /// <summary>Counts a kernel.</summary>
    public void Launched() => Interlocked.Increment(ref _launches);

    /// <summary>Copies to the device. The source may be written to again: from memory that is not page-locked the driver copies before it returns.</summary>
    public unsafe void Upload<T>(ReadOnlySpan<T> source, ArrayView<T> destination)
        where T : unmanaged
    {
        if (source.Length > 0)
        {
            Interlocked.Add(ref _bytesUp, (long)source.Length * sizeof(T));
            fixed (T* pinned = source)
            {
                destination.CopyFromCPUUnsafeAsync(device.Stream, ref *pinned, source.Length);
            }
        }
    }

    /// <summary>Begins a copy to the host, to memory that stays where it is until <see cref="Wait"/> returns.</summary>
    public unsafe void Download<T>(ArrayView<T> source, Span<T> destination)
        where T : unmanaged
    {
        if (destination.Length > 0)
        {
            Interlocked.Add(ref _bytesDown, (long)destination.Length * sizeof(T));
            source.CopyToCPUUnsafeAsync(device.Stream, ref MemoryMarshal.GetReference(destination), destination.Length);
        }
    }

    /// <summary>Waits until everything is done that the device was asked for.</summary>
    public void Wait() => device.Stream.Synchronize();
}
