using VerifiableML.Circuits;
using VerifiableML.Circuits.Keys;
using VerifiableML.Cli.CommandLine;

namespace VerifiableML.Cli.Commands;

/// <summary>What a verification key says about its model.</summary>
internal static class KeySummary
{
    /// <summary>Prints it.</summary>
    public static void Show(VerificationKey key, Terminal terminal)
    {
        CircuitOptions options = key.Circuit.Options;
        string commitment = Convert.ToHexStringLower(key.ModelCommitment());
        string digest = Convert.ToHexStringLower(key.Circuit.Digest.AsSpan());
        terminal.Report["model"] = new { key.Name, Commitment = commitment, CircuitDigest = digest };
        terminal.Report["batch"] = options.BatchSize;
        terminal.Report["inputMode"] = options.Input.ToString().ToLowerInvariant();
        terminal.Report["outputMode"] = options.Output.ToString().ToLowerInvariant();
        terminal.Line($"model            {key.Name}, commitment {commitment}");
        terminal.Line($"circuit          {digest}, batch {options.BatchSize}, input {options.Input}, output {options.Output}".ToLowerInvariant());
    }
}
