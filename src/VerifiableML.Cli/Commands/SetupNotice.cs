using VerifiableML.Circuits.Keys;
using VerifiableML.Cli.CommandLine;
using VerifiableML.Protocol.Setup;

namespace VerifiableML.Cli.Commands;

/// <summary>Says, in every command that relies on a reference string, when that string deserves no trust.</summary>
internal static class SetupNotice
{
    /// <summary>Warns where <paramref name="origin"/> calls for it.</summary>
    public static void Show(SetupOrigin origin, Terminal terminal)
    {
        terminal.Report["setup"] = new { Trust = origin.Trust.ToString().ToLowerInvariant(), origin.Name };
        if (origin.Warning is string warning)
        {
            terminal.Warn(warning);
        }
    }

    /// <summary>Warns where the setup of a key calls for it.</summary>
    public static void Show(SetupReference setup, Terminal terminal) =>
        Show(setup.IsInsecure ? SetupOrigin.InsecureLocal : KnownCeremonies.Recognise(setup.Tau), terminal);
}
