using System.Text.RegularExpressions;

namespace VerifiableML.Interop.Tests.Snarkjs;

/// <summary>Text that was meant for a terminal.</summary>
internal static partial class Plain
{
    /// <summary>The text without colours.</summary>
    public static string OfTerminal(string text) => Colour().Replace(text, string.Empty);

    [GeneratedRegex("\u001b\\[[0-9;]*m")]
    private static partial Regex Colour();
}
