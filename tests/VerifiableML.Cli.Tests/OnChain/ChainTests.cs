using System.Globalization;
using System.Text.Json;
using VerifiableML.Chain;
using VerifiableML.Chain.Rpc;
using VerifiableML.Chain.Transactions;
using VerifiableML.Cli.CommandLine;
using VerifiableML.Cli.Commands;
using VerifiableML.Cli.Development;
using VerifiableML.Cli.Tests.Commands;

namespace VerifiableML.Cli.Tests.OnChain;

/// <summary>From keys to a verified output, by commands alone, on a local chain of the test's own.</summary>
[Collection(SharedWrapFolder.Name)]
public sealed class ChainTests(WrapFolderFixture fixture) : IDisposable
{
    private readonly string _local = Path.Combine(fixture.Root, Guid.NewGuid().ToString("N"), "local");

    public void Dispose() => new DevelopmentChain(_local).Stop();

    [LocalChainFact]
    public void A_proof_is_verified_on_chain_and_its_output_read_back()
    {
        ModelFolder folder = Deployed();
        JsonElement proven = Report("prove", folder.Root, "--input", fixture.Samples, "--request", folder.Request, "--wrap");
        WrapFolderFixture.Expect("export", folder.Root, "--calldata");
        AssertVerifierTakes(folder);
        JsonElement submitted = OnChain("submit", folder.Root);
        Assert.InRange(submitted.GetProperty("gas").GetInt32(), 300_000, 600_000);

        // The reader has chain.json and a node, and nothing of the folder.
        string elsewhere = Path.Combine(_local, "chain-elsewhere.json");
        File.Copy(folder.Chain, elsewhere);
        JsonElement read = OnChain("read", "--contracts", elsewhere, "--requester", submitted.GetProperty("requester").GetString()!, "--nonce", "0");
        Assert.Equal(Numbers(proven), Numbers(read));
        Assert.True(OnChain("read", folder.Root).GetProperty("inputIsThatOfPublicValues").GetBoolean());

        JsonElement status = OnChain("status", folder.Root);
        string[] done = [.. status.GetProperty("transactions").EnumerateArray().Select(sent => $"{sent.GetProperty("what")} {sent.GetProperty("state")}")];
        Assert.Equal(
            ["deploy InferenceVerifier done", "deploy ModelRegistry done", "register mlp done", "deploy InferenceInbox done", "submit done"],
            done.Select(line => line.StartsWith("register", StringComparison.Ordinal) ? "register mlp done" : line));

        // A proof serves once: here by what the inbox says of nonces, there by the verifier.
        (int code, JsonElement report, _) = Run("submit", folder.Root);
        Assert.Equal(ExitCode.Rejected, code);
        Assert.Contains("a proof serves once", report.GetProperty("rejection").GetProperty("detail").GetString());
        Assert.Equal("ProofInvalid", RefusalOf(folder));
    }

    [LocalChainFact]
    public void What_is_forged_or_foreign_is_refused_here_and_by_name_on_chain()
    {
        ModelFolder folder = Deployed();
        WrapFolderFixture.Expect("prove", folder.Root, "--input", fixture.Samples, "--request", folder.Request, "--wrap");
        string honest = File.ReadAllText(folder.PublicValues);
        int start = honest.IndexOf("\"output\":[", StringComparison.Ordinal) + 10;
        int end = honest.IndexOfAny([',', ']'], start);
        int value = int.Parse(honest[start..end], CultureInfo.InvariantCulture);
        File.WriteAllText(folder.PublicValues, $"{honest[..start]}{(value > 0 ? value - 1 : value + 1)}{honest[end..]}");
        (int code, JsonElement report, _) = Run("submit", folder.Root);
        Assert.Equal(ExitCode.Rejected, code);
        Assert.True(report.TryGetProperty("rejection", out _));
        Assert.Equal("ProofInvalid", RefusalOf(folder));

        // Somebody else's key: their request would be another one.
        string key = Path.Combine(_local, "other.key");
        SigningKeys.ReadOrCreate(key);
        (code, _, string error) = Run("submit", folder.Root, "--key-file", key);
        Assert.Equal(ExitCode.Misuse, code);
        Assert.Contains("only the requester can submit", error);

        // A proof that was made without the request.
        WrapFolderFixture.Expect("prove", folder.Root, "--input", fixture.Samples, "--wrap");
        (code, report, _) = Run("submit", folder.Root);
        Assert.Equal(ExitCode.Rejected, code);
        Assert.Contains("--request", report.GetProperty("rejection").GetProperty("detail").GetString());
        Assert.Equal("ProofInvalid", RefusalOf(folder));
    }

    [LocalChainFact]
    public void Deploying_and_registering_twice_does_nothing_twice()
    {
        ModelFolder folder = Deployed();
        string before = File.ReadAllText(folder.Chain);
        OnChain("deploy", folder.Root);
        OnChain("register", folder.Root);
        Assert.Equal(before, File.ReadAllText(folder.Chain));
        Assert.Equal(2, OnChain("register", folder.Root, "--again").GetProperty("model").GetProperty("version").GetInt32());

        // A guard wants a model of one output.
        (int code, JsonElement refused, _) = Run("deploy", folder.Root, "--guard");
        Assert.Equal(ExitCode.Rejected, code);
        Assert.StartsWith("ModelOutput(count: 4)", refused.GetProperty("refusal").GetProperty("description").GetString());

        // A chain that was started anew has none of it.
        Assert.True(OnChain("down").GetProperty("ran").GetBoolean());
        OnChain("up", "--detach", "--port", "0");
        Assert.Contains("was a local chain started anew?", Run("read", folder.Root).Error);
        OnChain("deploy", folder.Root);
        Assert.Contains("none registered", Vml.Run("chain", "status", folder.Root, "--local", _local).Output);
    }

    [LocalChainFact]
    public async Task What_an_earlier_run_left_behind_is_told_before_anything_is_sent()
    {
        ModelFolder folder = Deployed();
        Bytes32 left;
        using (var http = new HttpClient())
        {
            var local = new DevelopmentChain(_local);
            var options = new SenderOptions(DevelopmentChain.ChainId) { Journal = new TransactionJournal(folder.Pending) };
            using var sender = new TransactionSender(
                new EthereumNode(new JsonRpcClient(http, local.Find()!.Url)), SigningKeys.Read(local.KeyFile), options);

            // Sent and never waited for.
            left = (await sender.SubmitAsync(new TransactionRequest(sender.Address, default))).Latest.Hash;
        }

        (int code, string output, string error) = Vml.Run("chain", "register", folder.Root, "--again", "--local", _local);
        Assert.Equal(ExitCode.Misuse, code);
        Assert.Contains($"{left} is done", output);
        Assert.Contains("an earlier run was cut off", error);
        Assert.Equal(2, OnChain("register", folder.Root, "--again").GetProperty("model").GetProperty("version").GetInt32());
        Assert.Empty(Directory.EnumerateFiles(folder.Pending));
    }

    [LocalChainFact]
    public void An_insecure_setup_is_not_registered_on_a_chain_that_may_have_value()
    {
        ModelFolder folder = fixture.Copy();
        string url = OnChain("up", "--detach", "--port", "0").GetProperty("url").GetString()!;

        // The same chain, by its address alone.
        string[] elsewhere = ["--rpc", url, "--local", Path.Combine(_local, "none"), "--key-file", new DevelopmentChain(_local).KeyFile, "--confirmations", "1"];
        Assert.Equal(ExitCode.Accepted, Vml.Run(["chain", "deploy", folder.Root, .. elsewhere]).Code);
        (int code, _, string error) = Vml.Run(["chain", "register", folder.Root, .. elsewhere]);
        Assert.Equal(ExitCode.Misuse, code);
        Assert.Contains("INSECURE SETUP: anyone can forge", error.Split('\n')[^2]);
        Assert.Equal(ExitCode.Accepted, Vml.Run(["chain", "register", folder.Root, "--accept-insecure", .. elsewhere]).Code);
    }

    [LocalChainFact]
    public void A_second_chain_in_the_same_folder_or_on_the_same_port_is_refused()
    {
        JsonElement up = OnChain("up", "--detach", "--port", "0");
        Assert.Contains("runs already", Run("up", "--detach", "--port", "0").Error);
        string port = new Uri(up.GetProperty("url").GetString()!).Port.ToString(CultureInfo.InvariantCulture);
        (int code, _, string error) = Vml.Run("chain", "up", "--detach", "--port", port, "--local", Path.Combine(_local, "second"));
        Assert.Equal(ExitCode.Misuse, code);
        Assert.Contains($"is port {port} in use?", error);
    }

    /// <summary>What was exported is what the verifier takes from the consumer, and from nobody else.</summary>
    private void AssertVerifierTakes(ModelFolder folder)
    {
        using var http = new HttpClient();
        var node = new EthereumNode(new JsonRpcClient(http, new DevelopmentChain(_local).Find()!.Url));
        using JsonDocument parts = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder.Calldata, "calldata.json")));
        JsonElement verify = parts.RootElement.GetProperty("verify");
        Assert.True(Address.TryParse(verify.GetProperty("from").GetString(), out Address consumer));
        Assert.True(Address.TryParse(verify.GetProperty("to").GetString(), out Address verifier));
        Assert.True(Hex.TryDecodeData(File.ReadAllText(Path.Combine(folder.Calldata, "verify.hex")).Trim(), out byte[]? calldata));
        Assert.Equal(verify.GetProperty("data").GetString(), Hex.Data(calldata));
        Assert.Empty(node.CallAsync(new CallRequest(consumer, verifier, calldata)).GetAwaiter().GetResult());
        Assert.Throws<RpcErrorException>(() => node.CallAsync(new CallRequest(verifier, verifier, calldata)).GetAwaiter().GetResult());
    }

    private static string[] Numbers(JsonElement report) =>
        [.. report.GetProperty("outputs")[0].GetProperty("integers").EnumerateArray().Select(integer => integer.ToString())];

    private static JsonElement Report(params string[] arguments)
    {
        (int code, JsonElement report, string error) = Vml.RunJson(arguments);
        Assert.True(code == ExitCode.Accepted, error);
        return report;
    }

    private ModelFolder Deployed()
    {
        ModelFolder folder = fixture.Copy();
        OnChain("up", "--detach", "--port", "0");
        OnChain("deploy", folder.Root);
        JsonElement registered = OnChain("register", folder.Root);
        Assert.True(registered.GetProperty("model").GetProperty("isInsecure").GetBoolean());
        OnChain("request", folder.Root);
        return folder;
    }

    private string RefusalOf(ModelFolder folder)
    {
        (int code, JsonElement report, _) = Run("submit", folder.Root, "--unchecked");
        Assert.Equal(ExitCode.Rejected, code);
        return report.GetProperty("refusal").GetProperty("error").GetString()!;
    }

    private JsonElement OnChain(params string[] arguments) => Report(["chain", .. arguments, "--local", _local]);

    private (int Code, JsonElement Report, string Error) Run(params string[] arguments) => Vml.RunJson(["chain", .. arguments, "--local", _local]);
}
