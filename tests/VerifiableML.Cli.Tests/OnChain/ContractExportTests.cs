using System.Text.Json;
using System.Text.RegularExpressions;
using VerifiableML.Chain;
using VerifiableML.Chain.Contracts;
using VerifiableML.Chain.Rpc;
using VerifiableML.Cli.CommandLine;
using VerifiableML.Cli.Commands;
using VerifiableML.Cli.Files;
using VerifiableML.Cli.Tests.Commands;

namespace VerifiableML.Cli.Tests.OnChain;

/// <summary>What is written out for contracts of other people. No chain needed.</summary>
[Collection(SharedWrapFolder.Name)]
public sealed class ContractExportTests(WrapFolderFixture fixture)
{
    private static readonly Address Consumer = new(Enumerable.Repeat((byte)0x42, Address.Length).ToArray());
    private static readonly Address Requester = new(Enumerable.Repeat((byte)0x43, Address.Length).ToArray());
    private static readonly Address KeyAccount = new(Enumerable.Repeat((byte)0x44, Address.Length).ToArray());

    [Fact]
    public void The_template_comes_with_all_that_it_imports()
    {
        ModelFolder copy = fixture.Copy();
        (int code, JsonElement report, _) = Vml.RunJson("export", copy.Root, "--consumer");
        Assert.Equal(ExitCode.Accepted, code);
        string[] files = [.. report.GetProperty("files").EnumerateArray().Select(file => file.GetString()!)];
        Assert.Contains(Path.Combine(copy.Consumer, "InferenceInbox.sol"), files);
        foreach (string file in files.Where(file => file.EndsWith(".sol", StringComparison.Ordinal)))
        {
            foreach (Match import in Regex.Matches(File.ReadAllText(file), "from \"([^\"]+)\""))
            {
                Assert.Contains(Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, import.Groups[1].Value)), files.Select(Path.GetFullPath));
            }
        }

        string guide = File.ReadAllText(Path.Combine(copy.Consumer, "README.md"));
        Assert.Contains($"'vml chain register {copy.Root}' says", guide);
        Assert.Contains("4 integers of", guide);
        Assert.Contains("anyone can forge proofs under this model's setup", guide);
    }

    [Fact]
    public void Calldata_and_its_parts_are_those_of_the_proof()
    {
        ModelFolder copy = Prepared();
        (int code, JsonElement report, string error) = Vml.RunJson("export", copy.Root, "--calldata");
        Assert.True(code == ExitCode.Accepted, error);
        Assert.Equal(2, report.GetProperty("files").GetArrayLength());
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(Path.Combine(copy.Calldata, "calldata.json")));
        JsonElement arguments = document.RootElement.GetProperty("arguments");
        byte[] Bytes(string name) => Hex.TryDecodeData(arguments.GetProperty(name).GetString(), out byte[]? bytes) ? bytes : throw new FormatException(name);
        byte[] expected = InferenceVerifierClient.Encode(new ProofSubmission(KeyAccount, Requester, 7, Bytes("input"), Bytes("output"), Bytes("proof")));
        Assert.Equal(Hex.Data(expected), File.ReadAllText(Path.Combine(copy.Calldata, "verify.hex")).Trim());
        string words = string.Concat(Leaves(document.RootElement.GetProperty("proof")).Select(word => word[2..]));
        Assert.Equal(arguments.GetProperty("proof").GetString(), "0x" + words);
    }

    [Fact]
    public void A_proof_for_another_request_is_not_exported()
    {
        ModelFolder copy = Prepared();
        JsonFile.Write(copy.Request, ChainRequest.Of(5, Consumer, Requester, 8));
        (int code, JsonElement report, _) = Vml.RunJson("export", copy.Root, "--calldata");
        Assert.Equal(ExitCode.Rejected, code);
        Assert.Contains("another context", report.GetProperty("rejection").GetProperty("detail").GetString());
        Assert.False(Directory.Exists(copy.Calldata));
    }

    [Fact]
    public void What_is_missing_is_named_with_what_makes_it()
    {
        ModelFolder copy = fixture.Copy();
        Assert.Contains("vml chain request", Vml.AssertRefused("export", copy.Root, "--calldata"));
        Assert.Contains("ask for one", Vml.AssertRefused("export", copy.Root, "--calldata", "--consumer"));
        Assert.Contains("give one", Vml.AssertRefused("prove", copy.Root, "--input", "x", "--request", "y", "--context", new string('0', 64)));
    }

    private static IEnumerable<string> Leaves(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(property => Leaves(property.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Leaves),
        _ => [element.GetString()!],
    };

    /// <summary>As if the model were registered, and a proof made for a contract of one's own.</summary>
    private ModelFolder Prepared()
    {
        ModelFolder copy = fixture.Copy();
        JsonFile.Write(copy.Request, ChainRequest.Of(5, Consumer, Requester, 7));
        var model = new RegisteredEntry(default, Requester, "mlp", 1, new Bytes32(ProofFiles.ReadKey(copy.VerificationKey).ModelCommitment()), KeyAccount, true);
        JsonFile.Write(copy.Chain, ChainRecord.Of(5, Consumer, Consumer) with { Model = model });
        WrapFolderFixture.Expect("prove", copy.Root, "--input", fixture.Samples, "--request", copy.Request, "--wrap");
        return copy;
    }
}
