using VerifiableML.Circuits;
using VerifiableML.Circuits.Keys;
using VerifiableML.Circuits.Verification;
using VerifiableML.Cli.CommandLine;

namespace VerifiableML.Cli.Commands;

/// <summary>What a verification key says about its model.</summary>
internal static class KeySummary
{
    /// <summary>Prints it.</summary>
    /// <param name="key">The key.</param>
    /// <param name="terminal">Where to speak.</param>
    /// <param name="withTerms">True to show every term of the soundness error, false for the total alone.</param>
    /// <exception cref="MisuseException">The circuit is not sound enough to rely on.</exception>
    public static void Show(VerificationKey key, Terminal terminal, bool withTerms)
    {
        CircuitOptions options = key.Circuit.Options;
        SoundnessReport soundness = SoundnessReport.Of(key.Circuit);
        string commitment = Convert.ToHexStringLower(key.ModelCommitment());
        string digest = Convert.ToHexStringLower(key.Circuit.Digest.AsSpan());
        terminal.Report["model"] = new { key.Name, Commitment = commitment, CircuitDigest = digest };
        terminal.Report["batch"] = options.BatchSize;
        terminal.Report["inputMode"] = options.Input.ToString().ToLowerInvariant();
        terminal.Report["outputMode"] = options.Output.ToString().ToLowerInvariant();
        terminal.Report["soundness"] = new { soundness.TotalBits, soundness.Terms, soundness.Assumptions };
        terminal.Line($"model            {key.Name}, commitment {commitment}");
        terminal.Line($"circuit          {digest}, batch {options.BatchSize}, input {options.Input}, output {options.Output}".ToLowerInvariant());
        if (withTerms)
        {
            foreach (string line in soundness.Lines())
            {
                terminal.Line(line);
            }
        }
        else
        {
            terminal.Line($"soundness        {soundness.TotalBits:0.0} bits");
        }

        if (soundness.TotalBits < SoundnessReport.RequiredBits)
        {
            throw new MisuseException($"this circuit has a soundness of {soundness.TotalBits:0.0} bits, {SoundnessReport.RequiredBits} are required");
        }
    }
}
