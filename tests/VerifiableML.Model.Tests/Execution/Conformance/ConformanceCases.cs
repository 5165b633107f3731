using VerifiableML.Model.Quantized;
using VerifiableML.Model.Samples;

namespace VerifiableML.Model.Tests.Execution.Conformance;

/// <summary>
/// What an executor must compute bit for bit as the reference does. Whoever writes an executor runs this list on it, as the tests of the
/// vectorised one and of the GPU's do.
/// </summary>
internal static class ConformanceCases
{
    /// <summary>Every operator with its shapes and limits.</summary>
    public static IReadOnlyList<ConformanceCase> Operators { get; } = [.. ConvolutionCases.All(), .. CellCases.All()];

    /// <summary>Small networks of random operators and geometry.</summary>
    public static IEnumerable<ConformanceCase> RandomNetworks(int count) =>
        Enumerable.Range(0, count).Select(seed => new ConformanceCase($"random network {seed}", RandomModel.Create((ulong)seed), 1 + (seed % 3)));

    /// <summary>A whole network.</summary>
    public static ConformanceCase Lenet(int batchSize)
    {
        QuantizedModel model = SyntheticModels.Lenet5();
        return new ConformanceCase("LeNet-5", model, batchSize);
    }
}
