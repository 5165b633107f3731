using VerifiableML.Cli.CommandLine;

namespace VerifiableML.Cli.Devices;

/// <summary>The parts of <c>vml bench --device</c> that are about the device itself.</summary>
internal static class DeviceBenchmark
{
    /// <summary>Measures and prints what the device does at most, for the times after it to be held against.</summary>
    public static void ShowLimits(ComputeDevice device, Terminal terminal)
    {
        terminal.Line($"device   {device.Id} ({device.Description})");
        if (terminal.Step("measure the device's limits", device.MeasureLimits) is not { } limits)
        {
            return;
        }

        terminal.Report["limits"] = limits;
        terminal.Line($"memory   {limits.CopyBytesPerSecond / 1e9:N1} GB read and written a second by a copy");
        terminal.Line($"host     {limits.UploadBytesPerSecond / 1e9:N1} GB a second up, {limits.DownloadBytesPerSecond / 1e9:N1} down, from page-locked memory");
        terminal.Line($"field    {limits.MultiplicationsPerSecond / 1e9:N2} · 10^9 multiplications a second");
    }
}
