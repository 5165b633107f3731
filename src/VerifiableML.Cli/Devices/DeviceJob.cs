using VerifiableML.Algebra.Vectors;
using VerifiableML.Cli.CommandLine;

namespace VerifiableML.Cli.Devices;

/// <summary>
/// Chooses the device for a job and sees it through: where a device that <c>auto</c> took fails, the whole job is done again on the cores, so
/// nothing that a failing device computed goes into a result.
/// </summary>
internal static class DeviceJob
{
    /// <summary>
    /// Below this estimate of the cores' time <c>auto</c> stays with them: opening a device and compiling kernels for it takes about as long. An
    /// assumption, not a measurement; <c>vml bench --device</c> shows what is right on a machine.
    /// </summary>
    private static readonly TimeSpan LeastCpuTime = TimeSpan.FromSeconds(2);

    /// <summary>Does <paramref name="job"/> on the device that <c>--device</c> says.</summary>
    /// <param name="device">The option's value.</param>
    /// <param name="cpuTime">About how long the cores would take.</param>
    /// <param name="terminal">Where to say which device it is, and why another took over.</param>
    /// <param name="job">The whole job, which may be done twice.</param>
    public static T Run<T>(string device, TimeSpan cpuTime, Terminal terminal, Func<ComputeDevice, T> job) =>
        Run(device, cpuTime, terminal, job, FastestFirst, GpuSupport.Open);

    /// <summary>The same with other GPUs than this machine's.</summary>
    internal static T Run<T>(
        string device, TimeSpan cpuTime, Terminal terminal, Func<ComputeDevice, T> job, Func<IEnumerable<string>> find, Func<string, ComputeDevice> open)
    {
        if (device is not (DeviceOption.Auto or ComputeDevice.CpuId))
        {
            using ComputeDevice chosen = open(device);
            return RunOn(chosen, terminal, job);
        }

        if (device == DeviceOption.Auto && cpuTime >= LeastCpuTime && find().FirstOrDefault() is { } gpu)
        {
            try
            {
                using ComputeDevice chosen = open(gpu);
                return RunOn(chosen, terminal, job);
            }
            catch (DeviceFailureException failure)
            {
                terminal.Warn($"{failure.Message}. The CPU does the whole job.");
            }
        }

        using var cpu = ComputeDevice.CreateCpu();
        return RunOn(cpu, terminal, job);
    }

    /// <summary>Opens a device by the name that <c>--device</c> takes.</summary>
    public static ComputeDevice Open(string device) => device == ComputeDevice.CpuId ? ComputeDevice.CreateCpu() : GpuSupport.Open(device);

    private static IEnumerable<string> FastestFirst() =>
        GpuSupport.Find(out _).Where(listed => listed.Problem is null).OrderByDescending(listed => listed.Speed).Select(listed => listed.Id);

    private static T RunOn<T>(ComputeDevice device, Terminal terminal, Func<ComputeDevice, T> job)
    {
        terminal.Note($"device: {device.Id} ({device.Description})");
        T result = job(device);
        terminal.Report["device"] = new { device.Id, device.Description };
        return result;
    }
}
