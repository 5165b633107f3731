using System.Runtime.InteropServices;
using ILGPU.Runtime.Cuda;

namespace VerifiableML.Gpu.Devices;

/// <summary>What is known of a CUDA device without opening it.</summary>
/// <param name="Ordinal">Its number.</param>
/// <param name="Name">The maker's name.</param>
/// <param name="Memory">Bytes of device memory.</param>
/// <param name="Architecture">Its compute capability, such as <c>SM_90</c>.</param>
/// <param name="Driver">The greatest CUDA version that the driver supports.</param>
/// <param name="Speed">Multiprocessors times MHz, to tell the faster of two devices.</param>
/// <param name="Problem">Why it cannot be used, or null.</param>
public sealed record GpuDeviceDescription(int Ordinal, string Name, long Memory, string Architecture, string Driver, long Speed, string? Problem)
{
    /// <summary>The name that <c>--device</c> takes.</summary>
    public string Id => $"cuda:{Ordinal}";
}

/// <summary>The CUDA devices of this machine.</summary>
public static class GpuDeviceList
{
    /// <summary>All devices, or why there can be none.</summary>
    /// <param name="problem">One line, or null where the driver answers.</param>
    public static IReadOnlyList<GpuDeviceDescription> Find(out string? problem)
    {
        if (!IsDriverPresent())
        {
            problem = "no CUDA devices: the library of NVIDIA's driver is not on this machine";
            return [];
        }

        GpuDeviceDescription[] devices = [.. CudaDevice.GetDevices(_ => true).OfType<CudaDevice>().Select(Describe)];
        problem = devices.Length > 0
            ? null
            : "no CUDA devices: the driver's library is there but knows no device (is a device visible to this process, and the driver loaded?)";
        return devices;
    }

    /// <summary>Throws unless device <paramref name="ordinal"/> is there and can be used.</summary>
    /// <exception cref="GpuException">It is not.</exception>
    public static void ThrowIfUnusable(int ordinal)
    {
        IReadOnlyList<GpuDeviceDescription> devices = Find(out string? problem);
        if (problem is not null)
        {
            throw new GpuException(IsDriverPresent() ? GpuFailure.NoSuchDevice : GpuFailure.NoDriver, problem);
        }

        GpuDeviceDescription device = devices.FirstOrDefault(candidate => candidate.Ordinal == ordinal) ?? throw new GpuException(
            GpuFailure.NoSuchDevice, $"no device cuda:{ordinal}; there are {string.Join(", ", devices.Select(candidate => candidate.Id))}");
        if (device.Problem is not null)
        {
            throw new GpuException(GpuFailure.DriverTooOld, $"{device.Id} ({device.Name}): {device.Problem}");
        }
    }

    private static GpuDeviceDescription Describe(CudaDevice device)
    {
        string? problem = device.InstructionSet is null
            ? $"its driver (CUDA {device.DriverVersion}) is too old for {device.Architecture}; install a newer one"
            : null;
        return new GpuDeviceDescription(
            device.DeviceId, device.Name, device.MemorySize, $"{device.Architecture}", $"{device.DriverVersion}", (long)device.NumMultiprocessors * device.ClockRate, problem);
    }

    private static bool IsDriverPresent()
    {
        if (!NativeLibrary.TryLoad(OperatingSystem.IsWindows() ? "nvcuda.dll" : "libcuda.so.1", out nint library))
        {
            return false;
        }

        NativeLibrary.Free(library);
        return true;
    }
}
