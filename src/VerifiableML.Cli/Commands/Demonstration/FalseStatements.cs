using VerifiableML.Cli.Files;
using VerifiableML.Model.Quantized;

namespace VerifiableML.Cli.Commands.Demonstration;

/// <summary>Public values that are not those of a proof, and differ from them by little.</summary>
internal static class FalseStatements
{
    /// <summary>What stops every one of them.</summary>
    public const string Why = "public values and the model's commitment go into the first challenge, so the rest of the proof no longer fits";

    /// <summary>The two greatest values of the output change places.</summary>
    public static PublicDocument SwapGreatest(PublicDocument document)
    {
        int[] output = document.Statement.Output!;
        int[] changed = [.. output];
        int[] order = [.. Enumerable.Range(0, output.Length).OrderByDescending(i => output[i])];
        (changed[order[0]], changed[order[1]]) = (output[order[1]], output[order[0]]);
        return document with { Statement = document.Statement with { Output = changed } };
    }

    /// <summary>One value in the middle of the input is one step greater or less.</summary>
    public static PublicDocument ChangeInput(PublicDocument document, QuantizedModel model)
    {
        int[] input = [.. document.Statement.Input!];
        int middle = input.Length / 2;
        input[middle] += input[middle] < model.Input.Maximum ? 1 : -1;
        return document with { Statement = document.Statement with { Input = input } };
    }
}
