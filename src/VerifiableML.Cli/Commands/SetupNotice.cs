using VerifiableML.Cli.CommandLine;
using VerifiableML.Protocol.Setup;

namespace VerifiableML.Cli.Commands;

/// <summary>Says, in every command that relies on a reference string, when that string deserves no trust.</summary>
internal static class SetupNotice
{
    /// <summary>Warns where <paramref name="origin"/> calls for it.</summary>
    public static void Show(SetupOrigin origin, Terminal terminal)
    {
        terminal.Report["setupTrust"] = origin.Trust.ToString().ToLowerInvariant();
        if (origin.Warning is string warning)
        {
            terminal.Warn(warning);
        }
    }
}
