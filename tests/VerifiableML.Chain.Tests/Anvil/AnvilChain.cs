using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using VerifiableML.Chain.Rpc;
using VerifiableML.Chain.Signing;
using VerifiableML.Chain.Transactions;

namespace VerifiableML.Chain.Tests.Anvil;

/// <summary>A test that needs a local chain; skipped, with the reason, where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AnvilFactAttribute : FactAttribute
{
    public AnvilFactAttribute() => Skip = AnvilChain.Absence;
}

/// <summary>A local chain of its own for one test.</summary>
internal sealed partial class AnvilChain : IAsyncDisposable
{
    private static readonly string Program = Path.Combine(ContractsFolder.Path, "node_modules", "@foundry-rs", "anvil", "bin.mjs");
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    // Published with Foundry; the first account of every anvil.
    public const string FirstKey = "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80";

    private readonly Process _process;
    private readonly HttpClient _http = new();
    private readonly JsonRpcClient _rpc;

    private AnvilChain(Process process, int port)
    {
        _process = process;
        Endpoint = new Uri($"http://127.0.0.1:{port}");
        _rpc = new JsonRpcClient(_http, Endpoint);
        Node = new EthereumNode(_rpc);
        Assert.True(PrivateKey.TryParse(FirstKey, out PrivateKey? key));
        Key = key;
    }

    /// <summary>Why there is no local chain here, or null.</summary>
    public static string? Absence { get; } = FindAbsence();

    public Uri Endpoint { get; }

    public EthereumNode Node { get; }

    public PrivateKey Key { get; }

    public static SenderOptions Quick { get; } = new(31337)
    {
        Confirmations = 1,
        PollInterval = TimeSpan.FromMilliseconds(50),
        ResendAfter = TimeSpan.FromSeconds(1),
        Patience = TimeSpan.FromMinutes(2),
    };

    public TransactionSender Sender(SenderOptions? options = null) => new(Node, Key, options ?? Quick);

    public Task CommandAsync(string method, params JsonNode[] parameters) => _rpc.CallAsync(method, [.. parameters]);

    public static async Task<AnvilChain> StartAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("node", [Program, "--port", "0", .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        Process process = Process.Start(start) ?? throw new InvalidOperationException("node did not start");
        var port = new TaskCompletionSource<int>();
        process.OutputDataReceived += (_, line) =>
        {
            if (Listening().Match(line.Data ?? string.Empty) is { Success: true } match)
            {
                port.TrySetResult(int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture));
            }
        };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            return new AnvilChain(process, await port.Task.WaitAsync(Patience));
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _http.Dispose();
    }

    private static string? FindAbsence()
    {
        if (!File.Exists(Program))
        {
            return $"the packages of {Path.Combine(ContractsFolder.Path, "package.json")} are not installed; the build of this project tries to, with npm";
        }

        try
        {
            using Process process = Process.Start(new ProcessStartInfo("node", ["--version"]) { RedirectStandardOutput = true })!;
            process.WaitForExit();
            return process.ExitCode == 0 ? null : "node does not run";
        }
        catch (Win32Exception)
        {
            return "there is no node on the path";
        }
    }

    [GeneratedRegex(@"Listening on [\d.]+:(\d+)")]
    private static partial Regex Listening();
}
