using VerifiableML.Circuits.Keys;
using VerifiableML.Circuits.Wrapping;
using VerifiableML.Cli.CommandLine;
using VerifiableML.Protocol.Setup;

namespace VerifiableML.Cli.Commands.Wrapping;

/// <summary>Says, in every command that relies on a wrap key, when that key deserves no trust.</summary>
internal static class WrapNotice
{
    /// <summary>Warns where <paramref name="key"/> calls for it.</summary>
    /// <param name="key">The wrap key.</param>
    /// <param name="setup">The setup of the model's own key, where the wrap key was read from a file; null where it was just made.</param>
    /// <param name="terminal">Where to speak.</param>
    public static void Show(WrapVerificationKey key, SetupReference? setup, Terminal terminal)
    {
        SetupTrust trust = Judge(key, setup);
        bool isInsecure = trust == SetupTrust.Insecure;
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

    // A mark that lies changes nothing where the points tell: those of the insecure setup are known, and a ceremony's must be its own.
    private static SetupTrust Judge(WrapVerificationKey key, SetupReference? setup)
    {
        if (key.Trust == SetupTrust.Insecure || InsecureSetup.IsAlpha(key.Groth16.Alpha))
        {
            return SetupTrust.Insecure;
        }

        return key.Trust == SetupTrust.Ceremony && setup is not null
            ? KnownCeremonies.RecognisePhaseOne(setup.Tau, key.Groth16.Alpha, key.Groth16.Beta).Trust == SetupTrust.Ceremony
                ? SetupTrust.Ceremony : SetupTrust.Unknown
            : key.Trust;
    }
}
