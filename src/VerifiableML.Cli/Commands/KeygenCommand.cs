using System.CommandLine;
using VerifiableML.Circuits;
using VerifiableML.Circuits.Compilation;
using VerifiableML.Circuits.Keys;
using VerifiableML.Cli.CommandLine;
using VerifiableML.Cli.Commands.Wrapping;
using VerifiableML.Model.Quantized;
using VerifiableML.Protocol.Serialization;
using VerifiableML.Protocol.Setup;
using VerifiableML.Prover.Keys;

namespace VerifiableML.Cli.Commands;

/// <summary><c>vml keygen</c>: compiles the circuit and commits to the weights, once for each model.</summary>
internal sealed class KeygenCommand : VmlCommand
{
    private readonly Argument<string> _folder = new("folder") { Description = "The model's folder." };
    private readonly Option<string?> _srs = new("--srs") { Description = "A reference string other than the folder's srs.vmls.", HelpName = "file" };
    private readonly Option<int> _batch = CircuitChoices.CreateBatch();
    private readonly Option<Visibility> _input = CircuitChoices.CreateVisibility("--input-mode", "input");
    private readonly Option<Visibility> _output = CircuitChoices.CreateVisibility("--output-mode", "output");

    private readonly Option<bool> _wrap = new("--wrap")
    {
        Description = "Make keys whose proofs can be wrapped, and the wrap key of the circuit: wrap.zkey and wrap.key.",
    };

    private readonly Option<string?> _ptau = new("--ptau")
    {
        Description = "With --wrap: the snarkjs .ptau file whose phase one the wrap key is made from; not needed for the insecure setup.",
        HelpName = "file",
    };

    public KeygenCommand()
        : base(
            "keygen",
            "Makes the proving key (secret if the weights are) and the verification key (for everyone) of a quantized model.",
            "vml keygen lenet5.vml",
            "vml keygen lenet5.vml --batch 16 --input-mode committed",
            "vml keygen lenet5.vml --wrap",
            "vml keygen lenet5.vml --wrap --ptau powersOfTau28_hez_final_17.ptau")
    {
        Add(_folder);
        Add(_srs);
        Add(_batch);
        Add(_input);
        Add(_output);
        Add(_wrap);
        Add(_ptau);
        Validators.Add(result =>
        {
            if (result.GetValue(_ptau) is not null && !result.GetValue(_wrap))
            {
                result.AddError("--ptau belongs to --wrap");
            }
        });
    }

    /// <inheritdoc/>
    protected override int Run(ParseResult arguments, Terminal terminal)
    {
        var folder = new ModelFolder(arguments.GetRequiredValue(_folder));
        QuantizedModel model = folder.ReadModel();
        CircuitOptions options = ChooseOptions(arguments, model);
        StructuredReferenceString srs = terminal.Step("read the setup", () => ReadSetup(arguments.GetValue(_srs) ?? folder.Srs));
        SetupNotice.Show(srs.Origin, terminal);

        ProvingKey key = terminal.Step("compile and commit to the weights", progress => KeyGenerator.Generate(
            model, options, srs.Powers, new SetupReference([.. srs.Id.Span], srs.TauG2, srs.IsInsecure), new Share(progress)));
        terminal.Step("write the keys", () =>
        {
            ProvingKeyFormat.Write(folder.ProvingKey, key);
            VerificationKeyFormat.Write(folder.VerificationKey, key.Verification);
        });
        KeySummary.Show(key.Verification, terminal, withTerms: true);
        terminal.Report["provingKey"] = new { File = folder.ProvingKey, Bytes = new FileInfo(folder.ProvingKey).Length };
        terminal.Report["verificationKey"] = new { File = folder.VerificationKey, Bytes = new FileInfo(folder.VerificationKey).Length };
        terminal.Line($"proving key      {folder.ProvingKey} ({Terminal.Bytes(new FileInfo(folder.ProvingKey).Length)})");
        terminal.Line($"verification key {folder.VerificationKey} ({Terminal.Bytes(new FileInfo(folder.VerificationKey).Length)})");
        if (options.IsHiding)
        {
            WrapKeyGeneration.Run(folder, key.Circuit, srs.IsInsecure, arguments.GetValue(_ptau), terminal);
        }

        return ExitCode.Accepted;
    }

    private CircuitOptions ChooseOptions(ParseResult arguments, QuantizedModel model)
    {
        (int batch, Visibility input, Visibility output) = (arguments.GetValue(_batch), arguments.GetValue(_input), arguments.GetValue(_output));
        return arguments.GetValue(_wrap)
            ? CircuitCompiler.ChooseForWrapping(model, batch, input, output)
            : new CircuitOptions(batch, input, output);
    }

    // Commitments are made with these powers and then trusted, so the powers are checked as thoroughly as can be.
    private static StructuredReferenceString ReadSetup(string path) =>
        SrsFile.TryRead(path, SrsCheck.Powers, out StructuredReferenceString? srs, out FileError? error) ? srs : throw error.ToException();

    private sealed class Share(IProgress<string> progress) : IProgress<double>
    {
        public void Report(double value) => progress.Report($"{value:0 %}");
    }
}
