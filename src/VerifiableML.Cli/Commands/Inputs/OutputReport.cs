using Spectre.Console;
using VerifiableML.Cli.CommandLine;
using VerifiableML.Model.Quantized;

namespace VerifiableML.Cli.Commands.Inputs;

/// <summary>One output, as integers and as the numbers that they stand for.</summary>
/// <param name="Integers">The proven integers.</param>
/// <param name="Values">Their real values.</param>
/// <param name="Greatest">Index of the greatest, the class of a classifier.</param>
/// <param name="Probabilities">Softmax of the values where the source model ended in it: computed after, not proven.</param>
internal sealed record OutputSample(int[] Integers, double[] Values, int Greatest, double[]? Probabilities);

/// <summary>The outputs of a batch, for people and machines.</summary>
/// <param name="Samples">One for each input.</param>
/// <param name="PostProcessing">What the source model did after the proven output.</param>
internal sealed record OutputReport(IReadOnlyList<OutputSample> Samples, PostProcessing PostProcessing)
{
    private const int MostShown = 20;

    /// <summary>Takes apart the output of <paramref name="model"/>.</summary>
    public static OutputReport Of(QuantizedModel model, int[] output, int count) =>
        Of(output, count, model.Output.Scale, model.PostProcessing, model.OutputLayout.Cells());

    /// <summary>Takes apart an output of which scale and order are known.</summary>
    /// <param name="output">Integers of all samples.</param>
    /// <param name="count">Number of samples.</param>
    /// <param name="scale">Real value of one step.</param>
    /// <param name="postProcessing">What the source model did after.</param>
    /// <param name="cells">For each element of the source model's output its cell.</param>
    public static OutputReport Of(int[] output, int count, double scale, PostProcessing postProcessing, int[] cells)
    {
        var samples = new OutputSample[count];
        for (int b = 0; b < count; b++)
        {
            int[] integers = [.. cells.Select(cell => output[(b * cells.Length) + cell])];
            double[] values = [.. integers.Select(integer => integer * scale)];
            samples[b] = new OutputSample(
                integers, values, Array.IndexOf(integers, integers.Max()), postProcessing == PostProcessing.Softmax ? Softmax(values) : null);
        }

        return new OutputReport(samples, postProcessing);
    }

    /// <summary>Prints the outputs.</summary>
    public void Show(Terminal terminal, int first)
    {
        terminal.Report["outputs"] = Samples;
        Table table = new Table().Border(TableBorder.Simple).AddColumns("sample", "greatest at", "output");
        foreach ((int index, OutputSample sample) in Samples.Index().Take(MostShown))
        {
            IEnumerable<string> shown = (sample.Probabilities ?? sample.Values).Take(16).Select(value => value.ToString("0.###"));
            table.AddRow($"{first + index}", $"{sample.Greatest}", string.Join(" ", shown) + (sample.Values.Length > 16 ? " …" : string.Empty));
        }

        terminal.Write(table);
        if (Samples.Count > MostShown)
        {
            terminal.Line($"… and {Samples.Count - MostShown} more");
        }

        if (PostProcessing != PostProcessing.None)
        {
            terminal.Line($"The values before {PostProcessing} are what a proof covers; {PostProcessing} is computed from them here.");
        }
    }

    private static double[] Softmax(double[] values)
    {
        double greatest = values.Max();
        double[] exponentials = [.. values.Select(value => Math.Exp(value - greatest))];
        double sum = exponentials.Sum();
        return [.. exponentials.Select(value => value / sum)];
    }
}
