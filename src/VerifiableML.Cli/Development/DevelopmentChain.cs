using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using VerifiableML.Chain;
using VerifiableML.Chain.Rpc;
using VerifiableML.Chain.Signing;
using VerifiableML.Cli.CommandLine;
using VerifiableML.Cli.Files;
using VerifiableML.Protocol.Serialization;

namespace VerifiableML.Cli.Development;

/// <summary>The file <c>node.json</c> of a running local chain.</summary>
/// <param name="Format"><c>vml-node</c>.</param>
/// <param name="Version">1.</param>
/// <param name="Url">Where it answers.</param>
/// <param name="ChainId">Its chain.</param>
/// <param name="ProcessId">Its process.</param>
/// <param name="Account">The account that has funds.</param>
internal sealed record DevelopmentNode(string Format, int Version, Uri Url, ulong ChainId, int ProcessId, Address Account);

/// <summary>
/// A local chain with the rules of the main chain, for development: it answers this machine alone, starts empty, takes transactions at once, and forgets everything when it ends. Its folder holds
/// <c>node.json</c>, the key of an account with funds, and what the program says.
/// </summary>
/// <param name="folder">The folder.</param>
internal sealed partial class DevelopmentChain(string folder)
{
    /// <summary>The folder where none is named.</summary>
    public const string DefaultFolder = "local-chain.vml";

    /// <summary>Chain id of local chains by convention: no chain of value has it.</summary>
    public const ulong ChainId = 31337;

    /// <summary>The rules: those of the main chain today.</summary>
    private const string Rules = "osaka";

    private const string Format = "vml-node";
    private const int Version = 1;
    private const string Funds = "0x21e19e0c9bab2400000"; // 10,000 ether

    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(10);

    private string NodeFile => Path.Combine(folder, "node.json");

    private string Log => Path.Combine(folder, "anvil.log");

    /// <summary>The key of the account with funds. Worth nothing: only this chain knows the account.</summary>
    public string KeyFile => Path.Combine(folder, "development.key");

    /// <summary>The running chain, or null where none was started or it has ended.</summary>
    /// <exception cref="InvalidFileException">The folder's file is not what it should be.</exception>
    public DevelopmentNode? Find()
    {
        if (!File.Exists(NodeFile))
        {
            return null;
        }

        DevelopmentNode node = JsonFile.Read<DevelopmentNode>(NodeFile);
        if (node is not { Format: Format, Version: Version })
        {
            throw new FileError(NodeFile, "format", $"not a file of format {Format}, version {Version}").ToException();
        }

        using Process? process = ProcessOf(node);
        return process is null ? null : node;
    }

    /// <summary>Starts a chain and waits until it answers.</summary>
    /// <param name="port">The port, or 0 for a free one.</param>
    /// <exception cref="MisuseException">It cannot be started.</exception>
    public DevelopmentNode Start(int port)
    {
        string program = AnvilProgram.Find() ?? throw new MisuseException(AnvilProgram.DescribeAbsence());
        if (OperatingSystem.IsWindows())
        {
            throw new MisuseException($"'vml chain up' is for Linux and macOS; start {program} yourself and give --rpc and --key-file");
        }

        if (Find() is { } running)
        {
            throw new MisuseException($"{folder}: a chain runs already at {running.Url} (process {running.ProcessId}); 'vml chain down' ends it");
        }

        Directory.CreateDirectory(folder);
        PrivateKey key = SigningKeys.ReadOrCreate(KeyFile);
        File.Delete(Log);
        using Process process = Launch(program, port);
        try
        {
            var url = new Uri($"http://127.0.0.1:{ReadPort(process, port)}");
            using var http = new HttpClient();
            var rpc = new JsonRpcClient(http, url);
            rpc.CallAsync("anvil_setBalance", [key.Address.ToString(), Funds]).GetAwaiter().GetResult();
            var node = new DevelopmentNode(Format, Version, url, ChainId, process.Id, key.Address);
            JsonFile.Write(NodeFile, node);
            return node;
        }
        catch
        {
            End(process);
            throw;
        }
    }

    /// <summary>Waits until the chain's process ends.</summary>
    public static Task WaitAsync(DevelopmentNode node, CancellationToken cancellation) =>
        ProcessOf(node) is { } process ? process.WaitForExitAsync(cancellation) : Task.CompletedTask;

    /// <summary>Ends the chain, if it runs.</summary>
    /// <returns>Whether it ran.</returns>
    public bool Stop()
    {
        DevelopmentNode? node = Find();
        if (node is not null)
        {
            using Process? process = ProcessOf(node);
            if (process is not null)
            {
                End(process);
            }
        }

        if (File.Exists(NodeFile))
        {
            File.Delete(NodeFile);
        }

        return node is not null;
    }

    /// <summary>The last thing that the program said.</summary>
    public string LastWords() => File.Exists(Log) && File.ReadLines(Log).LastOrDefault(line => line.Trim().Length > 0) is string line ? line.Trim() : "it said nothing";

    // A shell, because what a detached program says must go to a file: a pipe of this process would break with it.
    private Process Launch(string program, int port)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", "exec nohup \"$0\" \"$@\" </dev/null >\"$VML_LOG\" 2>&1", program])
        {
            UseShellExecute = false,
        };
        string[] arguments = ["--host", "127.0.0.1", "--port", $"{port}", "--hardfork", Rules, "--chain-id", $"{ChainId}", "--accounts", "0"];
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["VML_LOG"] = Log;
        start.Environment["NO_COLOR"] = "1";
        return Process.Start(start) ?? throw new MisuseException($"{program}: cannot be started");
    }

    private int ReadPort(Process process, int port)
    {
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < StartPatience)
        {
            bool hasEnded = process.HasExited;
            if (File.Exists(Log) && Listening().Match(File.ReadAllText(Log)) is { Success: true } match)
            {
                return int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);
            }

            if (hasEnded)
            {
                string hint = port == 0 ? string.Empty : $"; is port {port} in use? --port takes another one, 0 any free one";
                throw new MisuseException($"anvil ended: {LastWords()}{hint}");
            }

            Thread.Sleep(50);
        }

        throw new MisuseException($"anvil did not start within {StartPatience.TotalSeconds} s: {LastWords()}");
    }

    // Process numbers are used again: what has another name is not the chain.
    private static Process? ProcessOf(DevelopmentNode node)
    {
        try
        {
            var process = Process.GetProcessById(node.ProcessId);
            if (!process.HasExited && process.ProcessName.StartsWith("anvil", StringComparison.Ordinal))
            {
                return process;
            }

            process.Dispose();
            return null;
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException or Win32Exception)
        {
            return null;
        }
    }

    // Asked first, so that it removes its temporary files.
    private static void End(Process process)
    {
        using (Process? signal = Process.Start("kill", ["-TERM", $"{process.Id}"]))
        {
            signal?.WaitForExit();
        }

        if (!process.WaitForExit(StopPatience))
        {
            process.Kill();
            process.WaitForExit();
        }
    }

    [GeneratedRegex(@"Listening on [\d.]+:(\d+)")]
    private static partial Regex Listening();
}
