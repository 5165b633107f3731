using System.Text.Json.Nodes;
using VerifiableML.Circuits.Wrapping;
using VerifiableML.Cli.CommandLine;
using VerifiableML.Cli.Commands.Wrapping;
using VerifiableML.Cli.Files;
using VerifiableML.Protocol.Proofs;
using VerifiableML.Protocol.Serialization;
using VerifiableML.Prover.Keys;
using VerifiableML.Prover.Wrapping;

namespace VerifiableML.Cli.Commands.Demonstration;

/// <summary>Makes forgeries out of the proofs in a folder, and hands each to <c>vml verify</c>.</summary>
/// <param name="folder">A folder with keys, a core proof and a wrapped proof.</param>
/// <param name="terminal">Where to speak.</param>
internal sealed class ForgeryTrial(ModelFolder folder, Terminal terminal)
{
    private readonly ModelFolder _forged = new(Path.Combine(folder.Root, "forged"));
    private readonly List<object> _results = [];

    /// <summary>Tries all of them.</summary>
    /// <returns>Whether every one was refused.</returns>
    public bool Run()
    {
        ProvingKey key = ProvingKeyFormat.TryRead(folder.ProvingKey, out ProvingKey? read, out FileError? error) ? read : throw error.ToException();
        PublicDocument document = PublicStatementFile.Read(folder.PublicValues);
        CoreProof core = ProofFiles.ReadCoreProof(folder.Proof, key.Verification);
        WrappedProof wrapped = ProofFiles.ReadWrappedProof(folder.WrappedProof, key.Verification);
        terminal.Line();
        terminal.MarkupLine("[bold]Forgeries, each handed to vml verify[/]");
        OtherModel other = OtherModel.Prove(key, document.Statement.Input!);
        WrappedProof others = WrapOther(other);

        AtomicFile.Write(_forged.VerificationKey, File.ReadAllBytes(folder.VerificationKey));
        AtomicFile.Write(_forged.WrapVerificationKey, File.ReadAllBytes(folder.WrapVerificationKey));
        bool allRefused = true;
        foreach (Forgery forgery in WrappedForgeries.Of(key, document, wrapped, other, others).Concat(CoreForgeries.Of(key, document, core, other)))
        {
            allRefused &= IsRefused(forgery);
        }

        terminal.Report["forgeries"] = _results;
        return allRefused;
    }

    // The wrap key is that of the architecture, so it serves a model with other weights as well.
    private WrappedProof WrapOther(OtherModel other)
    {
        WrapTools tools = WrapTools.Read(folder, other.Key, terminal);
        return terminal.Step("wrap a proof of another model with the same wrap key", () => Wrapper.TryWrap(
            other.Key, tools.Constraints, tools.Groth16, other.Statement, other.Proof, out WrappedProof? wrapped, out Rejection? rejection)
            ? wrapped : throw new MisuseException($"the other model's proof cannot be wrapped: {rejection}"));
    }

    private bool IsRefused(Forgery forgery)
    {
        PublicStatementFile.Write(_forged.PublicValues, forgery.Document);
        AtomicFile.Write(_forged.Proof, forgery.Proof);
        using var output = new StringWriter();
        int code = Application.Run(["verify", _forged.Root, "--json"], output, TextWriter.Null);
        JsonNode? report = JsonNode.Parse(output.ToString());

        // Bytes that are no proof in canonical form come back as a file that cannot be used; no other file may be at fault.
        string reason = code == ExitCode.Misuse ? $"{report?["error"]}" : $"{report?["rejection"]?["reason"]}: {report?["rejection"]?["detail"]}";
        bool refused = code == ExitCode.Rejected || (code == ExitCode.Misuse && reason.StartsWith(_forged.Proof, StringComparison.Ordinal));
        _results.Add(new { forgery.Name, Refused = refused, Reason = reason, forgery.Why });
        terminal.Line($"  {(refused ? "refused" : "ACCEPTED")}: {forgery.Name}");
        terminal.Line($"           {reason}");
        terminal.Line($"           ({forgery.Why})");
        return refused;
    }
}
