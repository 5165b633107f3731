using VerifiableML.Cli.CommandLine;

namespace VerifiableML.Cli.Commands.Exporting;

/// <summary>Files under the names that snarkjs gives them.</summary>
/// <param name="root">The folder.</param>
internal sealed class SnarkjsFolder(string root)
{
    /// <summary>The wrap circuit.</summary>
    public string Circuit => In("wrap.r1cs");

    /// <summary>Its wires. Secret.</summary>
    public string Witness => In("witness.wtns");

    /// <summary>The Groth16 key that verifies.</summary>
    public string VerificationKey => In("verification_key.json");

    /// <summary>The Groth16 proof.</summary>
    public string Proof => In("proof.json");

    /// <summary>Its public signals.</summary>
    public string Public => In("public.json");

    /// <summary>The insecure setup.</summary>
    public string Powers => In("insecure.ptau");

    /// <summary>Says what was written and how snarkjs checks it.</summary>
    public void Show(ModelFolder folder, bool hasWitness, bool hasPowers, Terminal terminal)
    {
        List<string> files = [Circuit, VerificationKey, Proof, Public];
        List<string> commands =
        [
            $"snarkjs groth16 verify {VerificationKey} {Public} {Proof}",
            $"snarkjs zkey verify {Circuit} {(hasPowers ? Powers : "POWERS.ptau")} {folder.WrapProvingKey}",
        ];
        if (hasPowers)
        {
            files.Add(Powers);
        }

        if (hasWitness)
        {
            files.Add(Witness);
            commands.Add($"snarkjs wtns check {Circuit} {Witness}");
            commands.Add($"snarkjs groth16 prove {folder.WrapProvingKey} {Witness} {In("proof-of-snarkjs.json")} {In("public-of-snarkjs.json")}");
        }

        terminal.Report["files"] = files;
        terminal.Report["commands"] = commands;
        terminal.Line("written:");
        files.ForEach(file => terminal.Line($"  {file} ({Terminal.Bytes(new FileInfo(file).Length)})"));
        terminal.Line("to check with snarkjs:");
        commands.ForEach(command => terminal.Line($"  {command}"));
        terminal.Line("These check the Groth16 part alone; the opening of the commitments and the public values are for 'vml verify'.");
    }

    private string In(string name) => Path.Combine(root, name);
}
