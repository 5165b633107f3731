using System.CommandLine;
using VerifiableML.Circuits.Keys;
using VerifiableML.Cli.CommandLine;

namespace VerifiableML.Cli.Commands;

/// <summary>The request to which a proof is bound.</summary>
internal static class ContextOption
{
    /// <summary>Makes the option.</summary>
    public static Option<byte[]?> Create() => new("--context")
    {
        Description = $"{PublicStatement.HashLength} bytes in hexadecimal digits that bind the proof to one request: in any other context it is refused.",
        HelpName = "hex",
        CustomParser = result =>
        {
            if (Hexadecimal.TryDecode(result.Tokens[0].Value, PublicStatement.HashLength, out byte[]? bytes))
            {
                return bytes;
            }

            result.AddError($"--context takes {2 * PublicStatement.HashLength} hexadecimal digits");
            return null;
        },
    };
}
