using System.ComponentModel;
using System.Diagnostics;

namespace VerifiableML.Interop.Tests.Snarkjs;

/// <summary>What a program said.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">Everything that it printed, without the colours.</param>
internal sealed record ToolResult(int ExitCode, string Output);

/// <summary>The programs in <c>node_modules</c>, run by Node in a folder of the caller's.</summary>
internal static class NodeTool
{
    // A command takes two seconds; a machine under load must not fail the tests.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private static readonly string Packages = Path.Combine(ProjectFolder(), "node_modules");

    /// <summary>Why the tools cannot be run here, or null.</summary>
    public static string? Absence { get; } = FindAbsence();

    /// <summary>Runs snarkjs.</summary>
    public static ToolResult Snarkjs(string folder, params string[] arguments) =>
        Run(folder, [Path.Combine(Packages, "snarkjs", "build", "cli.cjs"), .. arguments]);

    /// <summary>Runs circom.</summary>
    public static ToolResult Circom(string folder, params string[] arguments) =>
        Run(folder, [Path.Combine(Packages, "circom2", "cli.js"), .. arguments]);

    private static ToolResult Run(string folder, string[] arguments)
    {
        var start = new ProcessStartInfo("node", arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        using Process process = Process.Start(start) ?? throw new InvalidOperationException("node did not start");
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"node {string.Join(' ', arguments)} took more than {Patience}");
        }

        return new ToolResult(process.ExitCode, Plain.OfTerminal(output.Result + errors.Result));
    }

    private static string? FindAbsence()
    {
        if (!File.Exists(Path.Combine(Packages, ".installed")))
        {
            return $"the packages of {Path.Combine(ProjectFolder(), "package.json")} are not installed; the build of this project tries to, with npm";
        }

        try
        {
            return Run(Path.GetTempPath(), ["--version"]).ExitCode == 0 ? null : "node does not run";
        }
        catch (Win32Exception)
        {
            return "there is no node on the path";
        }
    }

    private static string ProjectFolder()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "package.json")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("the tests must run from inside the repository");
    }
}
