using System.Diagnostics;

namespace VerifiableML.Cli.CommandLine;

/// <summary>Memory that this process has used.</summary>
internal static class MemoryUse
{
    /// <summary>Greatest resident size so far, in bytes.</summary>
    public static long Peak
    {
        get
        {
            // .NET leaves PeakWorkingSet64 at zero on Linux in some versions; the kernel's own line is exact.
            const string Line = "VmHWM:";
            if (File.Exists("/proc/self/status")
                && File.ReadLines("/proc/self/status").FirstOrDefault(line => line.StartsWith(Line, StringComparison.Ordinal)) is string found
                && long.TryParse(found[Line.Length..].Replace("kB", string.Empty, StringComparison.Ordinal).Trim(), out long kilobytes))
            {
                return kilobytes * 1024;
            }

            using var process = Process.GetCurrentProcess();
            return process.PeakWorkingSet64;
        }
    }
}
