using VerifiableML.Circuits;
using VerifiableML.Circuits.ConstraintSystems;
using VerifiableML.Circuits.Wrapping;
using VerifiableML.Cli.CommandLine;
using VerifiableML.Protocol.Setup;
using VerifiableML.Prover.Ceremony;
using VerifiableML.Prover.Groth16;

namespace VerifiableML.Cli.Commands.Wrapping;

/// <summary>Makes the Groth16 key of a circuit's wrap, or keeps the one that is there: it depends on the architecture and not on the weights.</summary>
internal static class WrapKeyGeneration
{
    private const string LocalParty = "local, insecure";

    /// <summary>Makes or keeps the key.</summary>
    /// <param name="folder">Where it goes.</param>
    /// <param name="circuit">The circuit of the core proofs.</param>
    /// <param name="isInsecure">Whether the model's own setup is the insecure one, so that the wrap's may be too.</param>
    /// <param name="ptau">A file with a phase one, or null for the insecure one.</param>
    /// <param name="terminal">Where to speak.</param>
    /// <exception cref="MisuseException">The setup is not insecure, and no file was given.</exception>
    public static void Run(ModelFolder folder, Circuit circuit, bool isInsecure, string? ptau, Terminal terminal)
    {
        CompiledConstraints constraints = terminal.Step("write the wrap circuit", () => WrapCircuit.Compile(circuit));
        if (FindUsable(folder, circuit, constraints, terminal) is { } kept && !(kept.Trust == SetupTrust.Insecure && (ptau is not null || !isInsecure)))
        {
            terminal.Line($"wrap key         {folder.WrapProvingKey} is of this circuit, and stays: new weights need no new one");
            Report(folder, kept, isKept: true, terminal);
            return;
        }

        if (ptau is null && !isInsecure)
        {
            throw new MisuseException("this setup is not the insecure one: give the .ptau file with its phase one as well (--ptau FILE)");
        }

        ShowSize(constraints, terminal);
        PhaseOne phaseOne = ptau is null ? InsecureSetup.Secrets : PhaseOneFile.Read(ptau, constraints.System, terminal);
        Groth16ProvingKey key = terminal.Step("make the wrap key", () => PhaseTwoCeremony.Start(constraints.System, phaseOne));
        bool contributes = phaseOne.Origin.Trust == SetupTrust.Insecure;
        if (contributes)
        {
            key = terminal.Step("contribute to the wrap key once, here", () => PhaseTwoCeremony.Contribute(key, LocalParty, string.Empty));
        }

        WrapVerificationKey written = terminal.Step(
            "write the wrap key", () => WrapKeyFiles.Write(folder, circuit.Digest, key, phaseOne.Origin.Trust));
        terminal.Line($"wrap key         {folder.WrapProvingKey} ({Terminal.Bytes(new FileInfo(folder.WrapProvingKey).Length)}), verifier's {folder.WrapVerificationKey} "
            + $"({Terminal.Bytes(new FileInfo(folder.WrapVerificationKey).Length)})");
        terminal.Line(contributes
            ? "                 with one contribution made here, which makes it usable and not trustworthy"
            : $"                 nobody has contributed yet, so verifiers refuse it. Next: vml ceremony contribute {folder.Root}");
        Report(folder, written, isKept: false, terminal);
    }

    /// <summary>Shows how large a wrap circuit is.</summary>
    public static void ShowSize(CompiledConstraints constraints, Terminal terminal)
    {
        ConstraintSystem system = constraints.System;
        int power = PhaseOneFile.RequiredPower(system);
        terminal.Report["wrapCircuit"] = new { Constraints = system.ConstraintCount, Wires = system.WireCount, PhaseOnePower = power };
        terminal.Line($"wrap circuit     {system.ConstraintCount:N0} constraints, {system.WireCount:N0} wires, a .ptau of power {power} serves it");
    }

    // The digest names the core circuit; a key that another version of this program made may be of another wrap of it.
    private static WrapVerificationKey? FindUsable(ModelFolder folder, Circuit circuit, CompiledConstraints constraints, Terminal terminal)
    {
        if (WrapKeyFiles.FindFor(folder, circuit) is not { } found)
        {
            return null;
        }

        Groth16ProvingKey key = terminal.Step("read the wrap key", () => WrapKeyFiles.ReadProvingKey(folder));
        if (KeyOfCircuit.FindDifference(key, constraints.System) is not string difference)
        {
            return found;
        }

        terminal.Note($"{folder.WrapProvingKey}: {difference}; it will be made anew");
        return null;
    }

    private static void Report(ModelFolder folder, WrapVerificationKey key, bool isKept, Terminal terminal)
    {
        terminal.Report["wrapKey"] = new
        {
            File = folder.WrapProvingKey,
            Bytes = new FileInfo(folder.WrapProvingKey).Length,
            IsKept = isKept,
            VerificationKey = folder.WrapVerificationKey,
            VerificationKeyBytes = new FileInfo(folder.WrapVerificationKey).Length,
        };
        WrapNotice.Show(key, setup: null, terminal);
    }
}
