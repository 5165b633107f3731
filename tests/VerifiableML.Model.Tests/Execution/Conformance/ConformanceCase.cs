using VerifiableML.Model.Execution;
using VerifiableML.Model.Quantized;
using VerifiableML.Model.Samples;

namespace VerifiableML.Model.Tests.Execution.Conformance;

/// <summary>A model and a batch size on which every executor must agree with the reference, for several inputs.</summary>
/// <param name="Name">What is special about it.</param>
/// <param name="Model">The model.</param>
/// <param name="BatchSize">Number of inputs.</param>
internal sealed record ConformanceCase(string Name, QuantizedModel Model, int BatchSize)
{
    /// <summary>The least and the greatest input everywhere, a random mixture of both, and random ones.</summary>
    public IEnumerable<(string Name, int[] Values)> Inputs()
    {
        int cells = BatchSize * Model.Input.Shape.Cells;
        int least = (int)Model.Input.Minimum;
        int greatest = (int)Model.Input.Maximum;
        var random = new SampleRandom((ulong)cells);
        yield return ("least", [.. Enumerable.Repeat(least, cells)]);
        yield return ("greatest", [.. Enumerable.Repeat(greatest, cells)]);
        yield return ("extremes", [.. Enumerable.Range(0, cells).Select(_ => random.Integer(0, 1) == 0 ? least : greatest)]);
        yield return ("random", SyntheticModels.Input(Model, BatchSize, 7));
    }

    /// <summary>
    /// Runs <paramref name="executor"/> on every input, or on <paramref name="only"/> one, and compares each value and accumulator with the reference's.
    /// </summary>
    public void Check(IIntegerExecutor executor, string? only = null)
    {
        foreach ((string name, int[] values) in Inputs().Where(input => only is null || input.Name == only))
        {
            string what = $"{executor.GetType().Name}, {Name}, {name} input";
            ExecutionTrace expected = new ReferenceExecutor().Execute(Model, values, BatchSize);
            ExecutionTrace actual = executor.Execute(Model, values, BatchSize);
            for (int i = 0; i < Model.Nodes.Length; i++)
            {
                AssertEqual(expected.Accumulators[i], actual.Accumulators[i], $"{what}: accumulators of {Model.Nodes[i].Name}");
                AssertEqual(expected.Values[i + 1], actual.Values[i + 1], $"{what}: {Model.Nodes[i].Name}");
            }

            AssertEqual(expected.Output, executor.Run(Model, values, BatchSize), $"{what}: output alone");
        }
    }

    private static void AssertEqual<T>(T[]? expected, T[]? actual, string what)
        where T : IEquatable<T>
    {
        Assert.True((expected is null) == (actual is null) && expected?.Length == actual?.Length, $"{what}: not the same cells");
        int at = expected.AsSpan().CommonPrefixLength(actual);
        Assert.True(at == (expected?.Length ?? 0), $"{what}: cell {at} is {(at < actual?.Length ? actual[at] : default)}, not {(at < expected?.Length ? expected[at] : default)}");
    }
}
