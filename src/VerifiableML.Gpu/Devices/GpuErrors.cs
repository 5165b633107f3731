using ILGPU;
using ILGPU.Runtime;

namespace VerifiableML.Gpu.Devices;

/// <summary>Turns what ILGPU and the driver throw into a <see cref="GpuException"/>.</summary>
internal static class GpuErrors
{
    /// <summary>Runs <paramref name="work"/> on <paramref name="device"/> and translates what it throws.</summary>
    public static T Translate<T>(string device, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception exception) when (IsOfTheDevice(exception))
        {
            throw Describe(device, exception);
        }
    }

    /// <summary>One line for an exception of the device's.</summary>
    public static GpuException Describe(string device, Exception exception)
    {
        string text = exception.Message.Split('\n')[0].Trim();
        return IsOutOfMemory(exception)
            ? new GpuException(
                GpuFailure.OutOfMemory, $"{device}: not enough device memory ({text}); use a smaller batch, or --device cpu", exception)
            : new GpuException(GpuFailure.KernelFailed, $"{device}: a computation on the device failed ({text}); use --device cpu", exception);
    }

    /// <summary>
    /// True for what a device or its compiler throws: errors of the driver, of the translation to PTX, and things that ILGPU does not support.
    /// Wrong arguments are the caller's and not the device's.
    /// </summary>
    public static bool IsOfTheDevice(Exception exception) =>
        exception is AcceleratorException or InternalCompilerException or CapabilityNotSupportedException or DllNotFoundException
            or NotSupportedException or OutOfMemoryException or EntryPointNotFoundException;

    /// <summary>True where the memory of the device did not suffice.</summary>
    public static bool IsOutOfMemory(Exception exception) =>
        exception is OutOfMemoryException
        || (exception as ILGPU.Runtime.Cuda.CudaException)?.Error == nameof(ILGPU.Runtime.Cuda.CudaError.CUDA_ERROR_OUT_OF_MEMORY);
}
