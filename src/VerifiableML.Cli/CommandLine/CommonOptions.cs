using System.CommandLine;

namespace VerifiableML.Cli.CommandLine;

/// <summary>Options that every command understands.</summary>
internal static class CommonOptions
{
    /// <summary>One JSON object on standard output instead of text.</summary>
    public static Option<bool> Json { get; } = new("--json")
    {
        Description = "Print one JSON object on standard output; everything else goes to standard error.",
        Recursive = true,
    };
}
