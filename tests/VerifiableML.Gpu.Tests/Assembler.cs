using System.Diagnostics;
using System.Text.RegularExpressions;

namespace VerifiableML.Gpu.Tests;

/// <summary>NVIDIA's own assembler, ptxas, where the environment variable VML_PTXAS names it: it needs no device either.</summary>
internal static partial class Assembler
{
    private static readonly string? Path = Environment.GetEnvironmentVariable("VML_PTXAS");

    /// <summary>Where PTX and ptxas's report of registers are kept, if VML_PTX_FOLDER names a folder.</summary>
    private static readonly string? Folder = Environment.GetEnvironmentVariable("VML_PTX_FOLDER");

    /// <summary>Assembles <paramref name="ptx"/> for one architecture; fails where it is refused, or where registers do not suffice.</summary>
    public static void Check(string kernel, string architecture, string ptx)
    {
        if (Path is null && Folder is null)
        {
            return;
        }

        string folder = Folder ?? System.IO.Path.GetTempPath();
        Directory.CreateDirectory(folder);
        string file = System.IO.Path.Combine(folder, $"{kernel}.{architecture}.ptx");
        File.WriteAllText(file, ptx);
        if (Path is not null)
        {
            string report = Assemble(file, architecture, out int status);
            Assert.True(status == 0, $"{kernel}: {report}");
            Assert.All(Spill().Matches(report), spill => Assert.True(spill.Groups[1].Value == "0", $"{kernel} spills registers: {report}"));
            File.WriteAllText($"{file}.txt", report);
        }
    }

    private static string Assemble(string file, string architecture, out int status)
    {
        using Process process = Process.Start(
            new ProcessStartInfo(Path!, [$"-arch={architecture}", "-v", file, "-o", $"{file}.cubin"]) { RedirectStandardError = true })!;
        string report = process.StandardError.ReadToEnd();
        process.WaitForExit();
        status = process.ExitCode;
        return report;
    }

    [GeneratedRegex("([0-9]+) bytes (?:stack frame|spill stores)")]
    private static partial Regex Spill();
}
