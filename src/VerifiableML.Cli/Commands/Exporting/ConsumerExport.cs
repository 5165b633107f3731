using System.Text;
using System.Text.RegularExpressions;
using VerifiableML.Circuits.Keys;
using VerifiableML.Circuits.Verification;
using VerifiableML.Cli.CommandLine;
using VerifiableML.Cli.Files;
using VerifiableML.Protocol.Serialization;

namespace VerifiableML.Cli.Commands.Exporting;

/// <summary>Writes the Solidity template of a consumer, with all that it imports, and how to use it for this model.</summary>
internal static partial class ConsumerExport
{
    private const string Template = "templates/InferenceInbox.sol";

    /// <summary>Writes.</summary>
    /// <param name="folder">The model's folder.</param>
    /// <param name="output">Where to write.</param>
    /// <param name="terminal">Where to speak.</param>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    public static int Run(ModelFolder folder, string output, Terminal terminal)
    {
        VerificationKey key = ProofFiles.ReadKey(folder.VerificationKey);
        SetupNotice.Show(key.Setup, terminal);
        ChainRecord? record = File.Exists(folder.Chain) ? ChainRecord.Read(folder.Chain) : null;
        List<string> files = [];
        foreach ((string name, string source) in Sources())
        {
            string path = Path.Combine(output, name);
            AtomicFile.Write(path, Encoding.UTF8.GetBytes(source));
            files.Add(path);
        }

        string guide = Path.Combine(output, "README.md");
        AtomicFile.Write(guide, Encoding.UTF8.GetBytes(Guide(folder, key, record)));
        files.Add(guide);
        terminal.Report["files"] = files;
        terminal.Line("written:");
        files.ForEach(file => terminal.Line($"  {file} ({Terminal.Bytes(new FileInfo(file).Length)})"));
        terminal.Line($"{guide} says how to go on.");
        return ExitCode.Accepted;
    }

    /// <summary>The template and everything that it imports, as files beside it: what lies in <c>src/</c> of the contracts comes to lie in the same folders here.</summary>
    internal static IEnumerable<(string Name, string Source)> Sources()
    {
        var waiting = new Queue<string>([Template]);
        var seen = new HashSet<string>();
        while (waiting.TryDequeue(out string? name))
        {
            if (!seen.Add(name))
            {
                continue;
            }

            string source = Read(name);
            foreach (Match import in Import().Matches(source))
            {
                waiting.Enqueue(Resolve(name, import.Groups[1].Value));
            }

            yield return name == Template
                ? (Path.GetFileName(Template), source.Replace("\"../src/", "\"./", StringComparison.Ordinal))
                : (name["src/".Length..], source);
        }
    }

    private static string Resolve(string from, string import) =>
        new Uri(new Uri($"file:///{from}"), import).AbsolutePath[1..];

    private static string Read(string name)
    {
        using Stream stream = typeof(ConsumerExport).Assembly.GetManifestResourceStream($"contracts/{name}")
            ?? throw new InvalidOperationException($"the program lacks contracts/{name}");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private static string Guide(ModelFolder folder, VerificationKey key, ChainRecord? record)
    {
        int count = key.Circuit.Architecture.Output.Shape.Cells;
        int width = PublicValues.Width(key.Circuit, key.Circuit.Architecture.OutputValue);
        bool isInsecure = record?.Model?.IsInsecure ?? key.Setup.IsInsecure;
        string unknown = $"('vml chain register {folder.Root}' says)";
        return $"""
            # A contract that acts on verified outputs of `{key.Name}`

            `InferenceInbox.sol` keeps outputs. Change what `submit` does after `verifier.verify` has not reverted: from there on `output` is what the model gives for `input`. Leave what
            is before it: the nonce and `msg.sender` keep repeated and copied proofs out. Your contract must be the one that calls the verifier, as proofs are bound to it.

            Compile with Solidity 0.8.37 and the optimizer.

            ## Constructor

            | argument | of this model |
            |---|---|
            | `verifier_` | {record?.Verifier.ToString() ?? unknown} |
            | `registry` | {record?.Registry.ToString() ?? unknown} |
            | `modelId_` | {record?.Model?.Id.ToString() ?? unknown} |
            | `acceptsInsecureSetup` | {(isInsecure ? "`true`, or the constructor reverts with `SetupInsecure`: **anyone can forge proofs under this model's setup; for development only**" : "`false`")} |

            ## Output

            `{key.Output.Name}`: {count} integers of {width} {(width == 1 ? "byte" : "bytes")}, big-endian in two's complement, packed. One step is {key.Output.Scale:g9}; `values` returns them with 18 decimals.

            ## A proof for it

            ```
            vml chain request {folder.Root} --consumer YOUR_CONTRACT --requester ITS_USER
            vml prove {folder.Root} --input FILE --request {folder.Request} --wrap
            vml export {folder.Root} --calldata
            ```

            `calldata.json` then has `input`, `output` and `proof`, which the user passes to your contract.

            """;
    }

    [GeneratedRegex("""from "([^"]+)";""")]
    private static partial Regex Import();
}
