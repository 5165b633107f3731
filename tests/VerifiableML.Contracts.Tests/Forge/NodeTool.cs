using System.ComponentModel;
using System.Diagnostics;

namespace VerifiableML.Contracts.Tests.Forge;

/// <summary>What a program said.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">Everything that it printed.</param>
internal sealed record ToolResult(int ExitCode, string Output);

/// <summary>The programs in <c>contracts/node_modules</c>, run in the folder of the contracts.</summary>
internal static class NodeTool
{
    // The compiler alone takes half a minute where others are at work.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    /// <summary>Why the tools cannot be run here, or null.</summary>
    public static string? Absence { get; } = FindAbsence();

    public static ToolResult Forge(params string[] arguments) =>
        Run([Path.Combine("tools", "foundry.mjs"), "forge", .. arguments]);

    public static ToolResult Run(params string[] arguments)
    {
        var start = new ProcessStartInfo("node", arguments)
        {
            WorkingDirectory = ContractsFolder.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        start.Environment["NO_COLOR"] = "1";
        using Process process = Process.Start(start) ?? throw new InvalidOperationException("node did not start");
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"node {string.Join(' ', arguments)} took more than {Patience}");
        }

        return new ToolResult(process.ExitCode, output.Result + errors.Result);
    }

    private static string? FindAbsence()
    {
        if (!File.Exists(Path.Combine(ContractsFolder.Path, "node_modules", ".installed")))
        {
            return $"the packages of {Path.Combine(ContractsFolder.Path, "package.json")} are not installed; the build of this project tries to, with npm";
        }

        try
        {
            return Run("--version").ExitCode == 0 ? null : "node does not run";
        }
        catch (Win32Exception)
        {
            return "there is no node on the path";
        }
    }
}
