using VerifiableML.Circuits.ConstraintSystems;
using VerifiableML.Circuits.Keys;
using VerifiableML.Circuits.Wrapping;
using VerifiableML.Cli.CommandLine;
using VerifiableML.Protocol.Serialization;
using VerifiableML.Prover.Groth16;

namespace VerifiableML.Cli.Commands.Wrapping;

/// <summary>Everything that wrapping takes beside a core proof, held against each other.</summary>
/// <param name="Key">The model's verification key.</param>
/// <param name="Constraints">The wrap circuit, written anew from that key's circuit.</param>
/// <param name="Groth16">The wrap circuit's proving key.</param>
/// <param name="Verification">What a verifier has of it.</param>
internal sealed record WrapTools(
    VerificationKey Key, CompiledConstraints Constraints, Groth16ProvingKey Groth16, WrapVerificationKey Verification)
{
    /// <summary>Reads the keys of a folder and checks that they belong together.</summary>
    /// <exception cref="MisuseException">The keys cannot wrap.</exception>
    /// <exception cref="InvalidFileException">A file is not what it should be.</exception>
    public static WrapTools Read(ModelFolder folder, VerificationKey key, Terminal terminal)
    {
        RequireHiding(folder, key);
        WrapVerificationKey verification = WrapKeyFiles.ReadVerificationKey(folder);
        if (!verification.CircuitDigest.AsSpan().SequenceEqual(key.Circuit.Digest.AsSpan()))
        {
            throw new FileError(folder.WrapVerificationKey, "circuit", $"is of another circuit than {folder.VerificationKey}").ToException();
        }

        WrapNotice.Show(verification, key.Setup, terminal);
        Groth16ProvingKey groth16 = terminal.Step("read the wrap key", () => WrapKeyFiles.ReadProvingKey(folder));
        CompiledConstraints constraints = terminal.Step("write the wrap circuit", () => WrapCircuit.Compile(key.Circuit));
        if (KeyOfCircuit.FindDifference(groth16, constraints.System) is string difference)
        {
            throw new FileError(folder.WrapProvingKey, "circuit", difference).ToException();
        }

        if (groth16.Verification != verification.Groth16)
        {
            throw new FileError(
                folder.WrapProvingKey, "points", $"differ from those of {folder.WrapVerificationKey}: 'vml ceremony verify {folder.Root}' makes that anew").ToException();
        }

        if (groth16.Verification.FindFault() is string fault)
        {
            throw new FileError(folder.WrapProvingKey, "header", fault).ToException();
        }

        return new WrapTools(key, constraints, groth16, verification);
    }

    /// <summary>Refuses keys that were not made for wrapping.</summary>
    /// <exception cref="MisuseException">They were not.</exception>
    public static void RequireHiding(ModelFolder folder, VerificationKey key)
    {
        if (!key.Circuit.Options.IsHiding)
        {
            throw new MisuseException($"{folder.VerificationKey}: these keys make core proofs only: 'vml keygen {folder.Root} --wrap' makes keys for wrapping");
        }
    }
}
