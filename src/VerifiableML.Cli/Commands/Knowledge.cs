using System.Collections.Immutable;
using VerifiableML.Circuits;
using VerifiableML.Circuits.Keys;
using VerifiableML.Cli.CommandLine;

namespace VerifiableML.Cli.Commands;

/// <summary>What whoever verifies a proof has learned from it.</summary>
internal static class Knowledge
{
    /// <summary>Prints it.</summary>
    /// <param name="key">The model's key.</param>
    /// <param name="statement">What the proof is about.</param>
    /// <param name="isWrapped">Whether the proof was wrapped.</param>
    /// <param name="terminal">Where to speak.</param>
    public static void Show(VerificationKey key, PublicStatement statement, bool isWrapped, Terminal terminal)
    {
        CircuitOptions options = key.Circuit.Options;
        string input = Describe(options.Input, statement.Input, statement.InputCommitment, isWrapped);
        string output = Describe(options.Output, statement.Output, statement.OutputCommitment, isWrapped);
        string weights = isWrapped
            ? "nothing but that they are those of the model's commitment"
            : "a core proof contains evaluations of them: it hides nothing";
        terminal.Report["learned"] = new { Input = input, Output = output, Weights = weights, Always = "the architecture: operators, shapes, shifts, tables, scales" };
        terminal.Line($"learned of       input: {input}");
        terminal.Line($"                 output: {output}");
        terminal.Line($"                 weights: {weights}");
    }

    private static string Describe(Visibility visibility, int[]? values, ImmutableArray<byte> commitment, bool isWrapped)
    {
        string caveat = isWrapped ? string.Empty : ", besides what the core proof contains of it";
        return visibility switch
        {
            Visibility.Public => $"all its {values!.Length} integers",
            Visibility.Committed => $"the hash of its commitment, {Convert.ToHexStringLower(commitment.AsSpan())}{caveat}",
            _ => $"nothing{caveat}",
        };
    }
}
