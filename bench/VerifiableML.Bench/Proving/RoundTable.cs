using VerifiableML.Circuits;
using VerifiableML.Circuits.Compilation;
using VerifiableML.Circuits.Verification;
using VerifiableML.Model.Samples;

namespace VerifiableML.Bench.Proving;

/// <summary>How the rounds of a proof grow with a network's depth: with the logarithm of its size, not with the number of layers.</summary>
internal static class RoundTable
{
    private const int Width = 256;

    /// <summary>Prints the table for dense networks of 2 to 32 layers of one width.</summary>
    public static void Print()
    {
        Console.WriteLine($"dense layers of {Width} × {Width}");
        Console.WriteLine("layers  weights    lookups  contraction  claims  rounds  scalars in the proof");
        foreach (int layers in new[] { 2, 4, 8, 16, 32 })
        {
            Circuit circuit = CircuitCompiler.Compile(
                SyntheticModels.Mlp([.. Enumerable.Repeat(Width, layers + 1)]), new CircuitOptions());
            IReadOnlyList<string> labels = MessageInventory.Of(circuit).Labels;
            int lookups = Rounds(labels, "lookup");
            int contraction = Rounds(labels, "contraction");
            int claims = Rounds(labels, "claims");
            Console.WriteLine(
                $"{layers,6}  {layers * Width * Width,7:N0}  {lookups,9}  {contraction,11}  {claims,6}  {lookups + contraction + claims,6}  {labels.Count,6}");
        }
    }

    /// <summary>The rounds of a stage: the messages that say so, each round counted once.</summary>
    private static int Rounds(IReadOnlyList<string> labels, string stage) => labels
        .Where(label => label.StartsWith(stage, StringComparison.Ordinal) && label.Contains(" round ", StringComparison.Ordinal))
        .Select(label => label[..label.IndexOf(',', StringComparison.Ordinal)])
        .Distinct()
        .Count();
}
