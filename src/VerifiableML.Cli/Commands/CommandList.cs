using System.CommandLine;

namespace VerifiableML.Cli.Commands;

/// <summary>The commands of <c>vml</c>, in the order in which they are used.</summary>
internal static class CommandList
{
    /// <summary>Examples for the help of <c>vml</c> itself.</summary>
    public static IReadOnlyList<string> Examples { get; } =
    [
        "vml inspect models/lenet5.onnx              what a model consists of",
    ];

    /// <summary>Makes the commands.</summary>
    public static IEnumerable<Command> Create() =>
    [
        new InspectCommand(),
        new SetupCommand(),
    ];
}
