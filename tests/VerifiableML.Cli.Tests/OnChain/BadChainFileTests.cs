using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using VerifiableML.Chain;
using VerifiableML.Cli.Commands;
using VerifiableML.Cli.Development;
using VerifiableML.Cli.Files;

namespace VerifiableML.Cli.Tests.OnChain;

/// <summary>What is wrong before a chain is asked, or with the node: exit code 2 and one line that says where and what to do. No node needed.</summary>
public sealed class BadChainFileTests : IDisposable
{
    private const string Secret = "4c0883a69102937d6231471b5dbb6204fe5129617082792ae468d01a3f362318";

    private static readonly Address Somebody = new(Enumerable.Repeat((byte)0x42, Address.Length).ToArray());

    private readonly string _root = Directory.CreateTempSubdirectory("vml-chain-").FullName;

    private ModelFolder Folder => new(_root);

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void Without_a_chain_the_message_says_how_to_name_one() =>
        Assert.Contains("vml chain up", AssertRefused("chain", "deploy", _root, "--local", _root));

    [Theory]
    [InlineData("ftp://127.0.0.1")]
    [InlineData("localhost:8545")]
    public void Addresses_that_are_none_are_refused(string url) =>
        Assert.Contains("--rpc takes an address", AssertRefused("chain", "status", _root, "--rpc", url));

    [Fact]
    public void A_node_that_is_not_there_is_named_soon_and_without_what_may_be_a_password()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        var watch = Stopwatch.StartNew();
        string line = AssertRefused("chain", "status", _root, "--rpc", $"http://user:hush@127.0.0.1:{port}/v3/hush");
        Assert.Contains($"http://127.0.0.1:{port}", line);
        Assert.DoesNotContain("hush", line);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), $"{watch.Elapsed}");
    }

    [Fact]
    public void A_node_that_says_nothing_is_given_up_after_seconds()
    {
        // It accepts connections and never answers.
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var watch = Stopwatch.StartNew();
        Assert.Contains("no answer within 5 s", AssertRefused("chain", "status", _root, "--rpc", $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}"));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), $"{watch.Elapsed}");
    }

    [Theory]
    [InlineData("{}", "missing: format, version, chainId")]
    [InlineData("[]", "")]
    [InlineData("{\"format\":", "$.format")]
    [InlineData("no JSON", "line 1")]
    [InlineData("null", "not an object")]
    public void Files_that_are_no_chain_json_are_named(string text, string detail)
    {
        File.WriteAllText(Folder.Chain, text);
        InvalidFile(() => ChainRecord.Read(Folder.Chain), Folder.Chain, detail);
    }

    [Theory]
    [InlineData("\"verifier\": \"0x42", "\"verifier\": \"0x4", "$.verifier: not an address")]
    [InlineData("\"version\": 1", "\"version\": 2", "version 1")]
    [InlineData("vml-chain", "vml-something", "format")]
    [InlineData("\"chainId\": 5", "\"chainId\": -5", "$.chainId")]
    [InlineData("\"inbox\": null", "\"inbox\": null, \"inbox\": null", "inbox")]
    [InlineData("\"inbox\": null", "\"inbox\": null, \"more\": 1", "$.more: unknown property")]
    [InlineData("\"transactions\": []", "\"transactions\": null", "$.transactions")]
    public void Properties_that_are_wrong_are_named(string from, string to, string detail)
    {
        JsonFile.Write(Folder.Chain, ChainRecord.Of(5, Somebody, Somebody));
        string text = File.ReadAllText(Folder.Chain);
        Assert.Contains(from, text);
        File.WriteAllText(Folder.Chain, text.Replace(from, to));
        InvalidFile(() => ChainRecord.Read(Folder.Chain), Folder.Chain, detail);
    }

    [Fact]
    public void A_local_chain_s_file_that_is_none_is_named()
    {
        File.WriteAllText(Path.Combine(_root, "node.json"), "{\"format\": \"vml-node\"}");
        Assert.Contains("node.json: line 1: missing: version, url", AssertRefused("chain", "status", _root, "--local", _root));
    }

    [Fact]
    public void A_request_whose_context_is_another_one_s_is_refused()
    {
        JsonFile.Write(Folder.Request, ChainRequest.Of(5, Somebody, Somebody, 7));
        Assert.Equal(7ul, ChainRequest.Read(Folder.Request).Nonce);
        File.WriteAllText(Folder.Request, File.ReadAllText(Folder.Request).Replace("\"nonce\": 7", "\"nonce\": 8"));
        InvalidFile(() => ChainRequest.Read(Folder.Request), Folder.Request, "context");
    }

    [Fact]
    public void Keys_that_others_may_read_are_refused()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        string path = Path.Combine(_root, "my.key");
        File.WriteAllText(path, Secret);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        Assert.Contains("chmod 600", Assert.ThrowsAny<Exception>(() => SigningKeys.Read(path)).Message);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Assert.Equal("0x2c7536E3605D9C16a7a3D7b1898e529396a65c23", SigningKeys.Read(path).Address.ToString());
        File.WriteAllText(path, Secret + "ff");
        string message = Assert.ThrowsAny<Exception>(() => SigningKeys.Read(path)).Message;
        Assert.DoesNotContain(Secret[..8], message);
    }

    [Theory]
    [InlineData("--private-key")]
    [InlineData("--json")]
    public void A_key_on_the_command_line_is_not_repeated(string before)
    {
        (int code, string output, string error) = Vml.Run("chain", "deploy", _root, before, Secret);
        Assert.Equal(2, code);
        Assert.DoesNotContain(Secret[..8], output + error);
    }

    [Fact]
    public void A_key_in_the_place_of_its_file_is_not_repeated()
    {
        string message = Assert.ThrowsAny<Exception>(() => SigningKeys.Read(Secret)).Message;
        Assert.DoesNotContain(Secret[..8], message);
        Assert.Contains("a file that holds the key", message);
    }

    [Fact]
    public void A_new_key_is_its_owner_s_alone()
    {
        string path = Path.Combine(_root, "new.key");
        Address made = SigningKeys.ReadOrCreate(path).Address;
        Assert.Equal(made, SigningKeys.ReadOrCreate(path).Address);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        }
    }

    private static void InvalidFile(Action read, string path, string detail)
    {
        string message = Assert.Throws<VerifiableML.Protocol.Serialization.InvalidFileException>(read).Message;
        Assert.StartsWith(path, message);
        Assert.Contains(detail, message);
        Assert.DoesNotContain('\n', message);
    }

    private static string AssertRefused(params string[] arguments) => Vml.AssertRefused(arguments);
}
