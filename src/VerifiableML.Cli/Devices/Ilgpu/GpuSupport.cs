using VerifiableML.Cli.CommandLine;
using VerifiableML.Gpu.Devices;

namespace VerifiableML.Cli.Devices;

/// <summary>GPUs, through ILGPU.</summary>
internal static class GpuSupport
{
    /// <summary>The devices of this machine, or why there are none.</summary>
    public static IReadOnlyList<ListedDevice> Find(out string? problem) =>
        [.. GpuDeviceList.Find(out problem).Select(device => new ListedDevice(
            device.Id, device.Name, $"{Terminal.Bytes(device.Memory)}, {device.Architecture}, CUDA {device.Driver}", device.Speed, device.Problem))];

    /// <summary>Opens a device and tries it on a small model.</summary>
    /// <exception cref="GpuException">There is no such device, it cannot be used, or it computes something wrong.</exception>
    public static ComputeDevice Open(string device) => IlgpuDevice.Open(device);
}
