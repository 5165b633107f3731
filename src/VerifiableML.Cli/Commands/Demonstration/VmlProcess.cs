using System.Diagnostics;
using VerifiableML.Cli.CommandLine;

namespace VerifiableML.Cli.Commands.Demonstration;

/// <summary>Runs <c>vml</c> as a process of its own, which shares nothing with this one but files.</summary>
internal static class VmlProcess
{
    private const string Assembly = "vml.dll";

    /// <summary>Runs a command. Inside another host, as in tests, it runs in this process.</summary>
    public static int Run(string[] arguments, TextWriter output, TextWriter error)
    {
        string entry = Environment.GetCommandLineArgs()[0];
        if (Path.GetFileName(entry) != Assembly || Environment.ProcessPath is not string host)
        {
            return Application.Run(arguments, output, error);
        }

        // Started as `dotnet vml.dll` the host is dotnet; otherwise it is our own executable.
        bool isShared = Path.GetFileNameWithoutExtension(host).Equals("dotnet", StringComparison.OrdinalIgnoreCase);
        var start = new ProcessStartInfo(host, isShared ? [entry, .. arguments] : arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start) ?? throw new MisuseException($"{host}: cannot be started");
        Task<string> errorText = process.StandardError.ReadToEndAsync();
        output.Write(process.StandardOutput.ReadToEnd());
        error.Write(errorText.GetAwaiter().GetResult());
        process.WaitForExit();
        return process.ExitCode;
    }
}
