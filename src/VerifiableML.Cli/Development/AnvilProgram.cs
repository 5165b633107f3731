using System.Runtime.InteropServices;

namespace VerifiableML.Cli.Development;

/// <summary>Where the program of the local chain is. The build installs it with npm; it then runs without Node.</summary>
internal static class AnvilProgram
{
    /// <summary>Names another anvil than the one of the build.</summary>
    public const string Variable = "VML_ANVIL";

    private static string FileName => OperatingSystem.IsWindows() ? "anvil.exe" : "anvil";

    /// <summary>The program's file, or null.</summary>
    public static string? Find()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given)
        {
            return File.Exists(given) ? given : null;
        }

        return FindInstalled() ?? FindOnPath(FileName);
    }

    /// <summary>What is missing where <see cref="Find"/> finds nothing, and what to do about it; one line.</summary>
    public static string DescribeAbsence()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given)
        {
            return $"{Variable}: {given}: no such file";
        }

        bool hasNpm = FindOnPath(OperatingSystem.IsWindows() ? "npm.cmd" : "npm") is not null;
        return hasNpm
            ? "the local chain 'anvil' is missing: the build installs it with npm, and that failed; 'npm ci --ignore-scripts' in the folder contracts/ says why"
            : "the local chain 'anvil' is missing: the build installs it with npm, and there is no Node on this machine; install Node 20 or newer and build again";
    }

    // A build lies in the repository whose contracts/ has the packages.
    private static string? FindInstalled()
    {
        string package = $"anvil-{Platform}-{(RuntimeInformation.ProcessArchitecture == Architecture.X64 ? "amd64" : "arm64")}";
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string candidate = Path.Combine(folder.FullName, "contracts", "node_modules", "@foundry-rs", package, "bin", FileName);
            if (File.Exists(candidate))
            {
                return candidate;
            }
        }

        return null;
    }

    private static string Platform => OperatingSystem.IsWindows() ? "win32" : OperatingSystem.IsMacOS() ? "darwin" : "linux";

    private static string? FindOnPath(string file) =>
        (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, file)).FirstOrDefault(File.Exists);
}
