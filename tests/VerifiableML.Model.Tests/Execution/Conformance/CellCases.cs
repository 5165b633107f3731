using System.Collections.Immutable;
using VerifiableML.Model.Quantized;

namespace VerifiableML.Model.Tests.Execution.Conformance;

/// <summary>Pooling, weighted sums and products.</summary>
internal static class CellCases
{
    public static IEnumerable<ConformanceCase> All() => [.. Pooling(), .. Sums(), .. Products()];

    private static CaseBuilder Bytes(int rows, int columns, int channels) => new(new TensorShape(rows, columns, channels), sbyte.MinValue, sbyte.MaxValue);

    private static AxisMap Axis(int input, int output, params AxisLink[] links) => new(input, output, [.. links], false);

    private static SeparableMap Identity(TensorShape shape) => new(AxisMap.Identity(shape.Rows), AxisMap.Identity(shape.Columns), AxisMap.Identity(shape.Channels));

    private static IEnumerable<ConformanceCase> Pooling()
    {
        foreach ((string name, long minimum, long maximum) in new[]
            { ("int8", -128L, 127L), ("negative", -128L, -1L), ("int16", -32768L, 32767L), ("int32", -int.MaxValue, (long)int.MaxValue) })
        {
            foreach ((int kernel, int stride, int before, int after) in new[] { (2, 2, 0, 0), (3, 1, 1, 1), (3, 2, 1, 0), (2, 1, 0, 1) })
            {
                yield return new CaseBuilder(new TensorShape(5, 7, 3), minimum, maximum)
                    .MaxPool(CaseBuilder.Window(5, kernel, stride, 1, before, after), CaseBuilder.Window(7, kernel, stride, 1, before, after))
                    .ToCase($"maximum of {name}, kernel {kernel}, stride {stride}, padding {before} and {after}", batchSize: 2);
            }
        }

        yield return Bytes(9, 8, 2).MaxPool(CaseBuilder.Window(9, 3, 1, 2), CaseBuilder.Window(8, 2, 2, 3)).ToCase("dilated maximum", batchSize: 3);
        yield return Bytes(4, 4, 130).MaxPool(CaseBuilder.Window(4, 4), CaseBuilder.Window(4, 4)).ToCase("maximum over all");
    }

    private static IEnumerable<ConformanceCase> Sums()
    {
        var shape = new TensorShape(3, 4, 5);
        ImmutableArray<long> bias = [1, -2, 3, -4, 1000];
        CaseBuilder two = Bytes(3, 4, 5).Convolution(CaseBuilder.Window(3, 1), CaseBuilder.Window(4, 1), 5);
        yield return two.Sum(shape, bias, terms: [new WeightedTerm(0, 700, Identity(shape)), new WeightedTerm(1, -300, Identity(shape))])
            .ToCase("residual addition of two scales", batchSize: 3);
        yield return Bytes(3, 4, 5).Sum(shape, [], raw: true, terms: [new WeightedTerm(0, 1, Identity(shape)), new WeightedTerm(0, 1, Identity(shape))])
            .ToCase("a value added to itself, no requantization");
        yield return Bytes(3, 4, 5).Sum(shape, [], shift: 0, terms: [new WeightedTerm(0, 0, Identity(shape))]).ToCase("coefficient zero");
        yield return Bytes(3, 4, 5).Sum(shape, bias, terms: [new WeightedTerm(0, int.MaxValue, Identity(shape)), new WeightedTerm(0, -int.MaxValue, Identity(shape))])
            .ToCase("coefficients of 32 bits that cancel");
        yield return Bytes(6, 4, 5).Sum(new TensorShape(3, 2, 5), [], terms: [new WeightedTerm(0, 77, new SeparableMap(
            Axis(6, 3, [.. Enumerable.Range(0, 6).Select(i => new AxisLink(i / 2, i, 1))]),
            Axis(4, 2, [.. Enumerable.Range(0, 4).Select(i => new AxisLink(i / 2, i, 1))]),
            AxisMap.Identity(5)))]).ToCase("average pooling", batchSize: 2);
        yield return Bytes(3, 4, 2).Sum(new TensorShape(3, 4, 4), [], shift: 0, terms:
            [
                new WeightedTerm(0, 1, new SeparableMap(AxisMap.Identity(3), AxisMap.Identity(4), Axis(2, 4, new AxisLink(0, 0, 1), new AxisLink(1, 1, 1)))),
                new WeightedTerm(0, -1, new SeparableMap(AxisMap.Identity(3), AxisMap.Identity(4), Axis(2, 4, new AxisLink(2, 1, 1), new AxisLink(3, 0, 1)))),
            ]).ToCase("join of channels");
        yield return Bytes(2, 3, 4).Sum(new TensorShape(5, 5, 2), [9, -9], terms: [new WeightedTerm(0, 3, new SeparableMap(
            Axis(2, 5, new AxisLink(1, 0, -2), new AxisLink(1, 1, 3), new AxisLink(4, 1, 1)),
            Axis(3, 5, new AxisLink(0, 2, 1), new AxisLink(2, 0, 5), new AxisLink(2, 1, -5)),
            Axis(4, 2, new AxisLink(0, 3, 7), new AxisLink(1, 0, -1), new AxisLink(1, 1, -1), new AxisLink(1, 2, 2))))]).ToCase("links on all axes, cells that read nothing", batchSize: 3);
        yield return Bytes(2, 3, 4).Sum(new TensorShape(4, 3, 2), [], shift: 0, terms: [new WeightedTerm(0, 1, new GatherMap(
            [.. Enumerable.Range(0, 24).Select(i => i % 7 == 0 ? -1 : (i * 11) % 24)]))]).ToCase("permutation with gaps", batchSize: 3);
        yield return Bytes(1, 1, 4).Sum(new TensorShape(2, 2, 2), [5, 6], terms:
            [.. Enumerable.Range(0, 40).Select(t => new WeightedTerm(0, t - 20, new GatherMap([.. Enumerable.Range(0, 8).Select(i => ((i + t) % 5) - 1)])))])
            .ToCase("forty terms");
        yield return new CaseBuilder(new TensorShape(2, 2, 2), short.MinValue, short.MaxValue)
            .Sum(new TensorShape(2, 2, 2), [1L << 40, -(1L << 40)], terms: [new WeightedTerm(0, int.MaxValue, Identity(new TensorShape(2, 2, 2)))])
            .ToCase("accumulators of 47 bits");
    }

    private static IEnumerable<ConformanceCase> Products()
    {
        foreach ((string name, long minimum, long maximum) in new[]
            { ("int8", -128L, 127L), ("int16", -32768L, 32767L), ("int26", -(1L << 25), 1L << 25) })
        {
            yield return new CaseBuilder(new TensorShape(3, 5, 3), minimum, maximum).Product(0, 0).ToCase($"squares of {name}", batchSize: 2);
            yield return new CaseBuilder(new TensorShape(3, 5, 3), minimum, maximum).MaxPool(CaseBuilder.Window(3, 3, 1, 1, 1, 1), CaseBuilder.Window(5, 1)).Product(0, 1)
                .ToCase($"products of {name}");
        }

        yield return Bytes(2, 2, 2).Product(0, 0, raw: true).Product(1, 0, raw: true).ToCase("products without requantization, of different widths");
    }
}
