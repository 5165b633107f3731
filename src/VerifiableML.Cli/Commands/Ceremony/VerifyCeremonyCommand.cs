using System.CommandLine;
using VerifiableML.Circuits.ConstraintSystems;
using VerifiableML.Circuits.Keys;
using VerifiableML.Circuits.Wrapping;
using VerifiableML.Cli.CommandLine;
using VerifiableML.Cli.Commands.Wrapping;
using VerifiableML.Protocol.Serialization;
using VerifiableML.Protocol.Setup;
using VerifiableML.Prover.Ceremony;
using VerifiableML.Prover.Groth16;

namespace VerifiableML.Cli.Commands.Ceremony;

/// <summary><c>vml ceremony verify</c>: whether a key is that of a circuit and a phase one, with a δ from the listed contributions and nothing else.</summary>
internal sealed class VerifyCeremonyCommand : VmlCommand
{
    private readonly Argument<string> _target = CeremonyTarget.CreateArgument();
    private readonly Option<string?> _ptau = new("--ptau")
    {
        Description = "The .ptau file that the key was made from; not needed for the insecure setup.",
        HelpName = "file",
    };

    private readonly Option<string?> _r1cs = new("--r1cs")
    {
        Description = "The circuit, for a .zkey file; that of a folder's verification key is written anew.",
        HelpName = "file",
    };

    public VerifyCeremonyCommand()
        : base(
            "verify",
            "Makes the key anew from circuit and phase one, and checks every contribution on it. For a folder it then writes the wrap.key that verifiers use.",
            "vml ceremony verify model.vml --ptau powers.ptau",
            "vml ceremony verify wrap.zkey --r1cs wrap.r1cs --ptau powers.ptau")
    {
        Add(_target);
        Add(_ptau);
        Add(_r1cs);
    }

    /// <inheritdoc/>
    protected override int Run(ParseResult arguments, Terminal terminal)
    {
        CeremonyTarget target = CeremonyTarget.Of(arguments.GetRequiredValue(_target));
        VerificationKey? model = target.Folder is { } folder ? ProofFiles.ReadKey(folder.VerificationKey) : null;
        ConstraintSystem system = ReadCircuit(arguments.GetValue(_r1cs), target, model, terminal);
        Groth16ProvingKey key = target.Read(terminal);
        ShowContributions(key, terminal);
        PhaseOne phaseOne = ReadPhaseOne(arguments.GetValue(_ptau), target, key, system, terminal);
        SetupNotice.Show(phaseOne.Origin, terminal);
        CeremonyRejection? rejection = terminal.Step("make the key anew and compare", () => CeremonyVerifier.Verify(key, system, phaseOne));
        terminal.Report["accepted"] = rejection is null;
        terminal.Report["rejection"] = rejection is null ? null : new { Reason = rejection.Fault.ToString(), rejection.Detail };
        if (rejection is not null)
        {
            terminal.Line($"REJECTED: {target.File}: {rejection}");
            return ExitCode.Rejected;
        }

        terminal.Line($"ACCEPTED: {target.File} is the key of this circuit, from {phaseOne.Origin.Name}, with {key.Contributions.Length} contributions");
        if (model is not null)
        {
            WrapVerificationKey made = WrapKeyFiles.WriteVerificationKey(target.Folder!, model.Circuit.Digest, key, phaseOne.Origin.Trust);
            terminal.Line($"{target.Folder!.WrapVerificationKey}: made anew, hand it to verifiers");
            WrapNotice.Show(made, setup: null, terminal);
        }

        return ExitCode.Accepted;
    }

    private static ConstraintSystem ReadCircuit(string? r1cs, CeremonyTarget target, VerificationKey? model, Terminal terminal)
    {
        if (r1cs is not null)
        {
            return terminal.Step(
                "read the circuit",
                () => R1csFile.TryRead(r1cs, out ConstraintSystem? system, out FileError? error) ? system : throw error.ToException());
        }

        if (model is null)
        {
            throw new MisuseException($"{target.File}: give the circuit of this key as well (--r1cs FILE), or a model's folder");
        }

        WrapTools.RequireHiding(target.Folder!, model);
        return terminal.Step("write the wrap circuit", () => WrapCircuit.Compile(model.Circuit)).System;
    }

    private static PhaseOne ReadPhaseOne(string? ptau, CeremonyTarget target, Groth16ProvingKey key, ConstraintSystem system, Terminal terminal)
    {
        if (ptau is not null)
        {
            return PhaseOneFile.Read(ptau, system, terminal);
        }

        return InsecureSetup.IsAlpha(key.Verification.Alpha)
            ? InsecureSetup.Secrets
            : throw new MisuseException($"{target.File}: this key is not from the insecure setup: give the .ptau file that it was made from (--ptau FILE)");
    }

    private static void ShowContributions(Groth16ProvingKey key, Terminal terminal)
    {
        terminal.Report["contributions"] = key.Contributions.Select(contribution => new
        {
            Name = Printable(contribution.Name),
            Hash = Convert.ToHexStringLower(ContributionHash.Compute(contribution)),
            IsBeacon = contribution.Beacon is not null,
        }).ToArray();
        foreach ((int index, PhaseTwoContribution contribution) in key.Contributions.Index())
        {
            string beacon = contribution.Beacon is { } open ? $", from the beacon {Convert.ToHexStringLower(open.Value.AsSpan())}, 2^{open.IterationsExponent} times" : string.Empty;
            terminal.Line($"contribution {index + 1}: '{Printable(contribution.Name)}'{beacon}");
            terminal.Line(ContributionHash.Format(ContributionHash.Compute(contribution)));
        }
    }

    // Names come from the file, and anyone who passed it on could have changed them.
    private static string Printable(string name) => string.Concat(name.Select(character => char.IsControl(character) ? '?' : character));
}
