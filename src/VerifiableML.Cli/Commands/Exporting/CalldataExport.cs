using System.Text;
using System.Text.Json.Nodes;
using VerifiableML.Algebra;
using VerifiableML.Chain.Contracts;
using VerifiableML.Chain.Encoding;
using VerifiableML.Chain.Rpc;
using VerifiableML.Circuits.Layout;
using VerifiableML.Cli.CommandLine;
using VerifiableML.Cli.Commands.OnChain;
using VerifiableML.Cli.Files;
using VerifiableML.Protocol.Proofs;
using VerifiableML.Protocol.Serialization;

namespace VerifiableML.Cli.Commands.Exporting;

/// <summary>Writes the exact calldata of a wrapped proof, whole and in parts, for contracts and tools of other people.</summary>
internal static class CalldataExport
{
    private const string Verify = "verify(address,address,uint256,bytes,bytes,bytes)";
    private const string Submit = "submit(bytes,bytes,bytes)";

    /// <summary>Checks the proof, and writes.</summary>
    /// <param name="folder">The model's folder, with <c>request.json</c> and <c>chain.json</c>.</param>
    /// <param name="output">Where to write.</param>
    /// <param name="terminal">Where to speak.</param>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    public static int Run(ModelFolder folder, string output, Terminal terminal)
    {
        ChainSubmission submission = ChainSubmission.Read(folder, request: null);
        SetupNotice.Show(submission.Key.Setup, terminal);
        ChainRecord record = File.Exists(folder.Chain)
            ? ChainRecord.Read(folder.Chain) : throw new MisuseException($"{folder.Chain}: no such file: 'vml chain register {folder.Root}' makes it");
        RegisteredEntry model = record.Model is { } entry && entry.Commitment.ToArray().AsSpan().SequenceEqual(submission.Key.ModelCommitment())
            ? entry : throw new MisuseException($"{folder.Chain}: model: is not the model of {folder.VerificationKey}: 'vml chain register {folder.Root}' registers it");
        if (submission.Check(folder) is { } rejection)
        {
            terminal.Report["rejection"] = new { Reason = rejection.Reason.ToString(), rejection.Detail };
            terminal.Line($"REJECTED: {folder.WrappedProof}: {rejection}");
            return ExitCode.Rejected;
        }

        ChainRequest request = submission.Request;
        var arguments = new ProofSubmission(model.Key, request.Requester, request.Nonce, submission.Input, submission.Output, submission.ProofBytes);
        List<string> files = [Write(output, "verify.hex", InferenceVerifierClient.Encode(arguments))];
        bool isForInbox = record.Inbox == request.Consumer;
        if (isForInbox)
        {
            files.Add(Write(output, "submit.hex", InferenceInboxClient.Encode(arguments.Input, arguments.Output, arguments.Proof)));
        }

        string parts = Path.Combine(output, "calldata.json");
        AtomicFile.Write(parts, Encoding.UTF8.GetBytes(Describe(record, request, arguments, submission, isForInbox).ToString() + "\n"));
        files.Add(parts);
        terminal.Report["files"] = files;
        terminal.Line("written:");
        files.ForEach(file => terminal.Line($"  {file} ({Terminal.Bytes(new FileInfo(file).Length)})"));
        terminal.Line($"verify.hex is what {request.Consumer} must send to the verifier {record.Verifier}; from anyone else it is refused.");
        terminal.Line(isForInbox
            ? $"submit.hex is what {request.Requester} sends to the inbox {record.Inbox}."
            : "The request's consumer is a contract of your own: it passes on input, output and proof, which calldata.json has one by one.");
        return ExitCode.Accepted;
    }

    private static string Write(string folder, string name, byte[] calldata)
    {
        string path = Path.Combine(folder, name);
        AtomicFile.Write(path, Encoding.ASCII.GetBytes(Hex.Data(calldata) + "\n"));
        return path;
    }

    private static JsonObject Describe(ChainRecord record, ChainRequest request, ProofSubmission arguments, ChainSubmission submission, bool isForInbox) => new()
    {
        ["format"] = "vml-calldata",
        ["version"] = 1,
        ["chainId"] = request.ChainId,
        ["context"] = request.Context.ToString(),
        ["verify"] = new JsonObject
        {
            ["from"] = request.Consumer.ToString(),
            ["to"] = record.Verifier.ToString(),
            ["function"] = Verify,
            ["data"] = Hex.Data(InferenceVerifierClient.Encode(arguments)),
        },
        ["submit"] = !isForInbox ? null : new JsonObject
        {
            ["from"] = request.Requester.ToString(),
            ["to"] = request.Consumer.ToString(),
            ["function"] = Submit,
            ["data"] = Hex.Data(InferenceInboxClient.Encode(arguments.Input, arguments.Output, arguments.Proof)),
        },
        ["arguments"] = new JsonObject
        {
            ["key"] = arguments.Key.ToString(),
            ["requester"] = arguments.Requester.ToString(),
            ["nonce"] = request.Nonce.ToString(),
            ["input"] = Hex.Data(arguments.Input.Span),
            ["output"] = Hex.Data(arguments.Output.Span),
            ["proof"] = Hex.Data(arguments.Proof.Span),
        },
        ["proof"] = DescribeProof(arguments.Proof.Span, submission.Key.Circuit.Layout),
    };

    /// <summary>The proof word by word, in the order of <see cref="ProofCalldata"/>.</summary>
    private static JsonObject DescribeProof(ReadOnlySpan<byte> proof, CircuitLayout layout)
    {
        var words = new Queue<string>();
        for (int i = 0; i < proof.Length; i += Fr.ByteLength)
        {
            words.Enqueue(Hex.Data(proof.Slice(i, Fr.ByteLength)));
        }

        JsonArray Next(int count) => [.. Enumerable.Range(0, count).Select(_ => (JsonNode)words.Dequeue())];
        const int G1Words = G1.ByteLength / Fr.ByteLength;
        const int G2Words = G2.ByteLength / Fr.ByteLength;
        return new JsonObject
        {
            ["rows"] = new JsonArray([.. Enumerable.Range(0, layout.WitnessRows).Select(_ => (JsonNode)Next(G1Words))]),
            ["cross"] = Next(G1Words),
            ["quotient"] = Next(G1Words),
            ["evaluation"] = Next(G1Words),
            ["a"] = Next(G1Words),
            ["b"] = Next(G2Words),
            ["c"] = Next(G1Words),
            ["told"] = Next(words.Count),
        };
    }
}
