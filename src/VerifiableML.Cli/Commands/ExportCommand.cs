using System.CommandLine;
using VerifiableML.Algebra;
using VerifiableML.Circuits.ConstraintSystems;
using VerifiableML.Circuits.Keys;
using VerifiableML.Circuits.Wrapping;
using VerifiableML.Cli.CommandLine;
using VerifiableML.Cli.Commands.Exporting;
using VerifiableML.Cli.Commands.Wrapping;
using VerifiableML.Cli.Files;
using VerifiableML.Protocol.Groth16;
using VerifiableML.Protocol.Proofs;
using VerifiableML.Protocol.Setup;
using VerifiableML.Protocol.Setup.Ptau;
using VerifiableML.Prover.Wrapping;

namespace VerifiableML.Cli.Commands;

/// <summary><c>vml export</c>: the files that snarkjs reads, so that the Groth16 part can be checked by other people's code; and what contracts read.</summary>
internal sealed class ExportCommand : VmlCommand
{
    private readonly Argument<string> _folder = new("folder") { Description = "The model's folder, with a wrapped proof." };
    private readonly Option<string?> _out = new("--out") { Description = "Where the files go; snarkjs/, calldata/ or consumer/ in the folder, if not given.", HelpName = "folder" };
    private readonly Option<bool> _publicOnly = new("--public-only") { Description = "Leave out witness.wtns, which must stay secret and takes the core proof." };
    private readonly Option<bool> _ptau = new("--ptau")
    {
        Description = "Write the insecure setup as insecure.ptau too, so that snarkjs can check a wrap key that was made from it.",
    };

    private readonly Option<bool> _calldata = new("--calldata")
    {
        Description = "Write the calldata of a proof that was made for a chain's request instead, whole and in parts, to calldata/.",
    };

    private readonly Option<bool> _consumer = new("--consumer")
    {
        Description = "Write a Solidity contract to start from instead, which acts on this model's verified outputs, to consumer/.",
    };

    public ExportCommand()
        : base(
            "export",
            "Writes circuit, witness, verification key, proof and public signals as snarkjs has them, and prints the commands that check them; "
            + "or calldata, or a contract, for a chain.",
            "vml export lenet5.vml",
            "vml export lenet5.vml --public-only --out for-the-auditor",
            "vml export lenet5.vml --calldata",
            "vml export lenet5.vml --consumer --out my-contract")
    {
        Add(_folder);
        Add(_out);
        Add(_publicOnly);
        Add(_ptau);
        Add(_calldata);
        Add(_consumer);
        Validators.Add(result =>
        {
            bool isForSnarkjs = result.GetValue(_publicOnly) || result.GetValue(_ptau);
            if (new[] { isForSnarkjs, result.GetValue(_calldata), result.GetValue(_consumer) }.Count(given => given) > 1)
            {
                result.AddError("--calldata, --consumer and the options for snarkjs are three different exports: ask for one");
            }
        });
    }

    /// <inheritdoc/>
    protected override int Run(ParseResult arguments, Terminal terminal)
    {
        var folder = new ModelFolder(arguments.GetRequiredValue(_folder));
        if (arguments.GetValue(_calldata))
        {
            return CalldataExport.Run(folder, arguments.GetValue(_out) ?? folder.Calldata, terminal);
        }

        if (arguments.GetValue(_consumer))
        {
            return ConsumerExport.Run(folder, arguments.GetValue(_out) ?? folder.Consumer, terminal);
        }

        return ExportForSnarkjs(arguments, folder, terminal);
    }

    private int ExportForSnarkjs(ParseResult arguments, ModelFolder folder, Terminal terminal)
    {
        var files = new SnarkjsFolder(arguments.GetValue(_out) ?? folder.Snarkjs);
        VerificationKey key = ProofFiles.ReadKey(folder.VerificationKey);
        SetupNotice.Show(key.Setup, terminal);
        WrapTools.RequireHiding(folder, key);
        WrapVerificationKey wrap = WrapKeyFiles.ReadVerificationKey(folder);
        WrapNotice.Show(wrap, key.Setup, terminal);
        PublicDocument document = PublicStatementFile.Read(folder.PublicValues);
        WrappedProof proof = ProofFiles.ReadWrappedProof(folder.WrappedProof, key);
        if (WrappedVerifier.Verify(key, wrap, document.Statement, File.ReadAllBytes(folder.WrappedProof)) is { } rejection)
        {
            terminal.Report["rejection"] = new { Reason = rejection.Reason.ToString(), rejection.Detail };
            terminal.Line($"REJECTED: {folder.WrappedProof}: {rejection}");
            return ExitCode.Rejected;
        }

        Fr[] signals = WrappedVerifier.PublicSignals(key, document.Statement, proof);
        VerificationKeyJson.Write(files.VerificationKey, wrap.Groth16);
        ProofJson.Write(files.Proof, proof.Groth16);
        PublicSignalsJson.Write(files.Public, signals);
        CompiledConstraints constraints = terminal.Step("write the wrap circuit", () => WrapCircuit.Compile(key.Circuit));
        R1csFile.Write(files.Circuit, constraints.System);
        bool hasWitness = !arguments.GetValue(_publicOnly) && WriteWitness(folder, files, key, constraints, document, signals, terminal);
        bool hasPowers = arguments.GetValue(_ptau);
        if (hasPowers)
        {
            WritePowers(folder, files, wrap, constraints.System, terminal);
        }

        files.Show(folder, hasWitness, hasPowers, terminal);
        return ExitCode.Accepted;
    }

    private static bool WriteWitness(
        ModelFolder folder, SnarkjsFolder files, VerificationKey key, CompiledConstraints constraints, PublicDocument document, Fr[] signals,
        Terminal terminal)
    {
        if (!File.Exists(folder.Proof))
        {
            terminal.Note($"{folder.Proof}: no such file, so witness.wtns is left out");
            return false;
        }

        CoreProof core = ProofFiles.ReadCoreProof(folder.Proof, key);
        if (!Wrapper.TryAssign(key, constraints, document.Statement, core, out WrapAssignment? assignment, out Rejection? rejection))
        {
            throw new MisuseException($"{folder.Proof}: gives no witness: {rejection}");
        }

        if (!assignment.Wires.Span.Slice(1, signals.Length).SequenceEqual(signals))
        {
            throw new MisuseException($"{folder.Proof}: is not the proof that {folder.WrappedProof} was made from");
        }

        WtnsFile.Write(files.Witness, assignment.Wires);
        terminal.Warn($"SECRET: {files.Witness} contains evaluations of weights and of private inputs; give it to nobody.");
        return true;
    }

    private static void WritePowers(ModelFolder folder, SnarkjsFolder files, WrapVerificationKey wrap, ConstraintSystem system, Terminal terminal)
    {
        int power = PhaseOneFile.RequiredPower(system);
        if (!InsecureSetup.IsAlpha(wrap.Groth16.Alpha) || power > PtauWriter.GreatestPower)
        {
            throw new MisuseException($"{folder.WrapVerificationKey}: is not of the insecure setup, or too large for it: use the .ptau file that it was made from");
        }

        terminal.Step($"write the insecure setup, power {power}", () => PtauWriter.WriteInsecure(files.Powers, InsecureSetup.Secrets, power));
    }
}
