using VerifiableML.Circuits.Wrapping;
using VerifiableML.Cli.CommandLine;
using VerifiableML.Protocol.Setup;

namespace VerifiableML.Cli.Commands.Wrapping;

/// <summary>Says, in every command that relies on a wrap key, when that key deserves no trust.</summary>
internal static class WrapNotice
{
    /// <summary>Warns where <paramref name="key"/> calls for it.</summary>
    public static void Show(WrapVerificationKey key, Terminal terminal)
    {
        // Known by its points as well as by its mark, so that a mark that lies changes nothing.
        bool isInsecure = key.Trust == SetupTrust.Insecure || InsecureSetup.IsAlpha(key.Groth16.Alpha);
        SetupTrust trust = isInsecure ? SetupTrust.Insecure : key.Trust;
        terminal.Report["wrapSetup"] = new { Trust = trust.ToString().ToLowerInvariant(), key.Contributions, key.IsInsecure };
        if (isInsecure)
        {
            terminal.Warn(
                "INSECURE SETUP: the wrap key was made from secrets that are published with this program; anyone can forge wrapped proofs. For development only.");
        }
        else if (trust == SetupTrust.Unknown)
        {
            terminal.Warn(
                "UNKNOWN SETUP: the wrap key was made from a phase one that is of no ceremony known to this program; whoever made it may be able to forge wrapped proofs.");
        }

        if (key.Contributions == 0)
        {
            terminal.Warn("NO CONTRIBUTION: nobody has contributed to the wrap key yet, so anyone can forge proofs with it, and every verifier refuses it.");
        }
    }
}
