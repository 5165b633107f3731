using System.CommandLine;
using System.Diagnostics;
using VerifiableML.Circuits.Keys;
using VerifiableML.Circuits.Verification;
using VerifiableML.Circuits.Wrapping;
using VerifiableML.Cli.CommandLine;
using VerifiableML.Cli.Commands.Inputs;
using VerifiableML.Cli.Commands.Wrapping;
using VerifiableML.Cli.Files;
using VerifiableML.Protocol.Proofs;

namespace VerifiableML.Cli.Commands;

/// <summary><c>vml verify</c>: checks a proof with nothing but the verification key, the public values and the proof.</summary>
internal sealed class VerifyCommand : VmlCommand
{
    private readonly Argument<string?> _folder = new("folder")
    {
        Description = "A folder with verification.key, public.json and wrapped.vmlp and wrap.key, or proof.vmlp; not needed if all files are given.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string?> _key = new("--key") { Description = "The verification key.", HelpName = "file" };
    private readonly Option<string?> _wrapKey = new("--wrap-key") { Description = "The wrap key, for a wrapped proof.", HelpName = "file" };
    private readonly Option<string?> _public = new("--public") { Description = "The public values.", HelpName = "file" };
    private readonly Option<string?> _proof = new("--proof") { Description = "The proof, core or wrapped; in a folder, the wrapped one where there is one.", HelpName = "file" };
    private readonly Option<byte[]?> _context = ContextOption.Create();

    public VerifyCommand()
        : base(
            "verify",
            "Checks that the public output came from exactly the committed model on exactly the public input. Exit code 0: accepted, 1: rejected.",
            "vml verify lenet5.vml",
            "vml verify --key verification.key --public public.json --proof proof.vmlp",
            "vml verify --key verification.key --wrap-key wrap.key --public public.json --proof wrapped.vmlp")
    {
        Add(_folder);
        Add(_key);
        Add(_wrapKey);
        Add(_public);
        Add(_proof);
        Add(_context);
        Validators.Add(result =>
        {
            if (result.GetValue(_folder) is null && (result.GetValue(_key) ?? result.GetValue(_public) ?? result.GetValue(_proof)) is null)
            {
                result.AddError("Give a folder, or --key, --public and --proof");
            }
        });
    }

    /// <inheritdoc/>
    protected override int Run(ParseResult arguments, Terminal terminal)
    {
        string keyPath = PathOf(arguments, _key, folder => folder.VerificationKey);
        string publicPath = PathOf(arguments, _public, folder => folder.PublicValues);
        string proofPath = PathOf(arguments, _proof, folder => File.Exists(folder.WrappedProof) ? folder.WrappedProof : folder.Proof);
        VerificationKey key = ProofFiles.ReadKey(keyPath);
        PublicDocument document = PublicStatementFile.Read(publicPath);
        byte[] proof = ProofFiles.ReadBytes(proofPath);
        WrapVerificationKey? wrap = ProofFiles.IsWrapped(proof)
            ? WrapKeyFiles.ReadVerificationKey(PathOf(arguments, _wrapKey, folder => folder.WrapVerificationKey)) : null;

        SetupNotice.Show(key.Setup, terminal);
        if (wrap is not null)
        {
            WrapNotice.Show(wrap, key.Setup, terminal);
        }

        KeySummary.Show(key, terminal, withTerms: false);
        var watch = Stopwatch.StartNew();
        Rejection? rejection = Check(key, wrap, document, arguments.GetValue(_context), proof);
        watch.Stop();
        if (rejection is { Reason: RejectionReason.Malformed })
        {
            throw ProofFiles.Error(proofPath, rejection);
        }

        terminal.Report["kind"] = wrap is null ? "core" : "wrapped";
        terminal.Report["accepted"] = rejection is null;
        terminal.Report["seconds"] = watch.Elapsed.TotalSeconds;
        terminal.Report["rejection"] = rejection is null ? null : new { Reason = rejection.Reason.ToString(), rejection.Detail };
        if (rejection is null)
        {
            Knowledge.Show(key, document.Statement, isWrapped: wrap is not null, terminal);
            ShowOutput(key, document.Statement, terminal);
        }

        string kind = wrap is null ? "core proof" : "wrapped proof";
        terminal.Line(rejection is null
            ? $"ACCEPTED in {Terminal.Duration(watch.Elapsed)}: {kind} {proofPath} ({Terminal.Bytes(proof.Length)})"
            : $"REJECTED in {Terminal.Duration(watch.Elapsed)}: {kind} {proofPath}: {rejection}");
        return rejection is null ? ExitCode.Accepted : ExitCode.Rejected;
    }

    private static Rejection? Check(VerificationKey key, WrapVerificationKey? wrap, PublicDocument document, byte[]? context, byte[] proof)
    {
        if (!document.Model.AsSpan().SequenceEqual(key.ModelCommitment()))
        {
            return new Rejection(RejectionReason.WrongKey, $"the public values are of model {Convert.ToHexStringLower(document.Model.AsSpan())}");
        }

        // What the verifier expects counts, not what the prover's file says.
        if (context is { Length: > 0 } && !document.Statement.Context.AsSpan().SequenceEqual(context))
        {
            return new Rejection(RejectionReason.PublicValues, "the public values are for another context");
        }

        return wrap is null
            ? InferenceVerifier.Verify(key, document.Statement, proof)
            : WrappedVerifier.Verify(key, wrap, document.Statement, proof);
    }

    private static void ShowOutput(VerificationKey key, PublicStatement statement, Terminal terminal)
    {
        if (statement.Output is int[] output)
        {
            int count = key.Circuit.Options.BatchSize;
            int[] cells = [.. Enumerable.Range(0, output.Length / count)];
            OutputReport.Of(output, count, key.Output.Scale, key.PostProcessing, cells).Show(terminal, first: 0);
        }
    }

    private string PathOf(ParseResult arguments, Option<string?> option, Func<ModelFolder, string> inFolder) =>
        arguments.GetValue(option)
        ?? (arguments.GetValue(_folder) is string folder ? inFolder(new ModelFolder(folder)) : throw new MisuseException($"{option.Name} is missing"));
}
