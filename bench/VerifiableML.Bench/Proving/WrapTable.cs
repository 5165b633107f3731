using System.Diagnostics;
using VerifiableML.Circuits;
using VerifiableML.Circuits.Compilation;
using VerifiableML.Circuits.ConstraintSystems;
using VerifiableML.Circuits.Wrapping;
using VerifiableML.Model.Quantized;
using VerifiableML.Model.Samples;

namespace VerifiableML.Bench.Proving;

/// <summary>How the wrap circuit grows with a model: by the logarithms of its size, and a little with every layer.</summary>
internal static class WrapTable
{
    /// <summary>Prints the table.</summary>
    public static void Print()
    {
        Console.WriteLine("model                        weights  layers  rows  columns  lookups  constraints  transcript  claims  written in");
        Row("dense 64-128-10", 9_472, SyntheticModels.Mlp(64, 128, 10));
        Row("LeNet-5", 61_470, SyntheticModels.Lenet5());
        Row("dense 784-128-10", 101_632, SyntheticModels.Mlp(784, 128, 10));
        Row("dense 784-1024-256-10", 1_067_520, SyntheticModels.Mlp(784, 1024, 256, 10));
        Row("dense 1024-2048-1024-10", 4_204_544, SyntheticModels.Mlp(1024, 2048, 1024, 10));
        Row("dense 2048-2048-2048-1024-10", 10_496_000, SyntheticModels.Mlp(2048, 2048, 2048, 1024, 10));
        Row("VGG-16", 14_982_474, SyntheticModels.Vgg16());
        foreach (int layers in new[] { 4, 8, 16, 32 })
        {
            Row($"{layers} layers of 256 × 256", layers * 256 * 256, SyntheticModels.Mlp([.. Enumerable.Repeat(256, layers + 1)]));
        }
    }

    private static void Row(string name, int weights, QuantizedModel model)
    {
        Circuit circuit = CircuitCompiler.Compile(model, CircuitCompiler.ChooseForWrapping(model));
        var watch = Stopwatch.StartNew();
        CompiledConstraints constraints = WrapCircuit.Compile(circuit);
        double seconds = watch.Elapsed.TotalSeconds;
        int rows = circuit.Layout.WitnessRows + (1 << circuit.Layout.WeightRowBits);
        Console.WriteLine(
            $"{name,-28} {weights,8}  {model.Nodes.Length,6}  {rows,4}  2^{circuit.Layout.ColumnBits,-5}  2^{circuit.LookupLevels,-5}  "
            + $"{constraints.System.ConstraintCount,11}  {Part("transcript (Poseidon2)"),10}  {Part("claims"),6}  {seconds:F1} s");

        int Part(string part) => constraints.Parts.FirstOrDefault(p => p.Name == part).Constraints;
    }
}
