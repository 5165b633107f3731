using System.CommandLine;
using VerifiableML.Circuits;
using VerifiableML.Circuits.Compilation;
using VerifiableML.Circuits.Wrapping;
using VerifiableML.Cli.CommandLine;
using VerifiableML.Cli.Commands.Wrapping;
using VerifiableML.Model.Quantized;
using VerifiableML.Protocol.Serialization;
using VerifiableML.Protocol.Setup;
using VerifiableML.Protocol.Setup.Ptau;

namespace VerifiableML.Cli.Commands;

/// <summary><c>vml setup</c>: the structured reference string, from a ceremony's file or, insecurely, from nothing.</summary>
internal sealed class SetupCommand : VmlCommand
{
    private readonly Argument<string> _folder = new("folder") { Description = "The model's folder; the string is written to srs.vmls in it." };
    private readonly Option<string?> _ptau = new("--ptau") { Description = "A snarkjs .ptau file to take the powers from.", HelpName = "file" };
    private readonly Option<string?> _digest = new("--digest")
    {
        Description = "The BLAKE2b-512 that the .ptau file must have, as its publisher states it.",
        HelpName = "hex",
    };

    private readonly Option<bool> _insecure = new("--insecure")
    {
        Description = "Generate a string here. Whoever does so can forge proofs: for development only.",
    };

    private readonly Option<int?> _powers = new("--powers")
    {
        Description = "Number of powers of tau to keep; as many as the model in the folder needs, if not given.",
        HelpName = "n",
    };

    private readonly Option<int> _batch = CircuitChoices.CreateBatch();

    private readonly Option<bool> _wrap = new("--wrap")
    {
        Description = "Count the powers for proofs that can be wrapped, and say what power the wrap key's .ptau must have.",
    };

    public SetupCommand()
        : base(
            "setup",
            "Provides the powers of tau that commitments are made with: universal, the same for every model.",
            "vml setup lenet5.vml --ptau powersOfTau28_hez_final_15.ptau",
            "vml setup lenet5.vml --insecure                        for development",
            "vml setup lenet5.vml --insecure --wrap                 the same, for proofs that can be wrapped")
    {
        Add(_folder);
        Add(_ptau);
        Add(_digest);
        Add(_insecure);
        Add(_powers);
        Add(_batch);
        Add(_wrap);
        Validators.Add(result =>
        {
            if (result.GetValue(_insecure) == (result.GetValue(_ptau) is not null))
            {
                result.AddError("Give either --ptau FILE or --insecure");
            }
        });
    }

    /// <inheritdoc/>
    protected override int Run(ParseResult arguments, Terminal terminal)
    {
        var folder = new ModelFolder(arguments.GetRequiredValue(_folder));
        int count = arguments.GetValue(_powers) ?? RequiredPowers(arguments, folder, terminal);
        if (count is < 2 or > StructuredReferenceString.MaximumCount)
        {
            throw new MisuseException($"the number of powers must lie between 2 and {StructuredReferenceString.MaximumCount}, not {count}");
        }

        StructuredReferenceString srs = arguments.GetValue(_ptau) is string path
            ? Read(path, arguments.GetValue(_digest), count, terminal)
            : terminal.Step($"generate {count} powers", () => InsecureSetup.Generate(count));
        SrsFile.Write(folder.Srs, srs);

        SetupNotice.Show(srs.Origin, terminal);
        terminal.Report["file"] = folder.Srs;
        terminal.Report["powers"] = srs.Count;
        terminal.Report["setupId"] = Convert.ToHexStringLower(srs.Id.Span);
        terminal.Line($"{folder.Srs}: {srs.Count} powers of tau, {srs.Origin.Name}, id {Convert.ToHexStringLower(srs.Id.Span[..8])}…");
        return ExitCode.Accepted;
    }

    private int RequiredPowers(ParseResult arguments, ModelFolder folder, Terminal terminal)
    {
        QuantizedModel model = folder.ReadModel();
        int batchSize = arguments.GetValue(_batch);
        bool wrap = arguments.GetValue(_wrap);
        CircuitOptions options = wrap ? CircuitCompiler.ChooseForWrapping(model, batchSize) : new CircuitOptions(batchSize);
        Circuit circuit = CircuitCompiler.Compile(model, options);
        if (wrap && !arguments.GetValue(_insecure))
        {
            WrapKeyGeneration.ShowSize(terminal.Step("write the wrap circuit", () => WrapCircuit.Compile(circuit)), terminal);
        }

        return circuit.Layout.RequiredPowers;
    }

    private static StructuredReferenceString Read(string path, string? expectedDigest, int count, Terminal terminal)
    {
        if (expectedDigest is not null)
        {
            string digest = terminal.Step("digest", () => PtauDigest.TryCompute(path, out string? found, out FileError? trouble) ? found : throw trouble.ToException());
            if (!digest.Equals(expectedDigest.Trim(), StringComparison.OrdinalIgnoreCase))
            {
                throw new FileError(path, "digest", $"the file has {digest}").ToException();
            }
        }

        return terminal.Step(
            $"read and check {count} powers",
            () => PtauReader.TryRead(path, count, out StructuredReferenceString? srs, out FileError? error) ? srs : throw error.ToException());
    }
}
