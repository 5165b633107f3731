using VerifiableML.Model.Quantized;

namespace VerifiableML.Model.Tests.Execution.Conformance;

/// <summary>Convolutions and dense layers: geometry, widths of activations, weights and accumulators, and the integers at their limits.</summary>
internal static class ConvolutionCases
{
    public static IEnumerable<ConformanceCase> All() => [.. Geometry(), .. Widths(), .. Limits(), .. Depthwise()];

    private static CaseBuilder Bytes(int rows, int columns, int channels) => new(new TensorShape(rows, columns, channels), sbyte.MinValue, sbyte.MaxValue);

    private static IEnumerable<ConformanceCase> Geometry()
    {
        // Input channels in fours are read as words, others as bytes; output channels and positions end inside a tile, at its end, behind it.
        foreach (int channels in new[] { 1, 3, 4, 8, 12 })
        {
            foreach (int outputs in new[] { 1, 7, 64, 65 })
            {
                yield return Bytes(5, 4, channels)
                    .Convolution(CaseBuilder.Window(5, 3, before: 1, after: 1), CaseBuilder.Window(4, 3, before: 1, after: 1), outputs)
                    .ToCase($"3×3 over {channels} to {outputs} channels");
            }
        }

        foreach ((int kernel, int stride, int dilation, int before, int after) in new[]
            { (1, 1, 1, 0, 0), (2, 1, 1, 1, 0), (2, 2, 1, 0, 1), (3, 2, 1, 1, 1), (3, 1, 2, 2, 2), (3, 3, 2, 0, 3), (5, 1, 1, 4, 4), (5, 2, 1, 0, 0), (7, 1, 1, 3, 3), (2, 1, 4, 4, 4) })
        {
            foreach (int channels in new[] { 2, 4 })
            {
                yield return Bytes(9, 7, channels)
                    .Convolution(CaseBuilder.Window(9, kernel, stride, dilation, before, after), CaseBuilder.Window(7, Math.Min(kernel, 5), stride, 1, before, after), 5)
                    .ToCase($"kernel {kernel}, stride {stride}, dilation {dilation}, padding {before} and {after}, {channels} channels", batchSize: 2);
            }
        }

        yield return Bytes(8, 8, 4).Convolution(CaseBuilder.Window(8, 1), CaseBuilder.Window(8, 1), 4).ToCase("64 positions: one whole tile");
        yield return Bytes(13, 5, 4).Convolution(CaseBuilder.Window(13, 1), CaseBuilder.Window(5, 1), 4).ToCase("65 positions");
        yield return Bytes(3, 3, 5).Convolution(CaseBuilder.Window(3, 3), CaseBuilder.Window(3, 3), 9).ToCase("dense over an image", batchSize: 67);
        yield return Bytes(1, 1, 300).Convolution(CaseBuilder.Window(1, 1), CaseBuilder.Window(1, 1), 70).ToCase("dense", batchSize: 3);
        yield return Bytes(6, 1, 4).Convolution(CaseBuilder.Window(6, 3, before: 2), CaseBuilder.Window(1, 1), 6).ToCase("a sequence", batchSize: 5);
        yield return Bytes(4, 6, 3)
            .Convolution(CaseBuilder.Window(4, 3, before: 1, after: 1), CaseBuilder.Window(6, 3, before: 1, after: 1), 8)
            .Convolution(CaseBuilder.Window(4, 2, 2), CaseBuilder.Window(6, 2, 2), 12)
            .Convolution(CaseBuilder.Window(2, 2), CaseBuilder.Window(3, 3), 10, raw: true)
            .ToCase("three in a row", batchSize: 4);
    }

    private static IEnumerable<ConformanceCase> Widths()
    {
        foreach ((string name, long minimum, long maximum) in new[]
            { ("uint8", 0L, 255L), ("int16", (long)short.MinValue, short.MaxValue), ("int20", -(1L << 19), (1L << 19) - 1), ("int8 without zero", 100L, 101L) })
        {
            yield return new CaseBuilder(new TensorShape(4, 3, 4), minimum, maximum)
                .Convolution(CaseBuilder.Window(4, 3, before: 1, after: 1), CaseBuilder.Window(3, 3, before: 1, after: 1), 33)
                .ToCase($"{name} activations", batchSize: 3);
            yield return new CaseBuilder(new TensorShape(1, 1, 5), minimum, maximum)
                .Convolution(CaseBuilder.Window(1, 1), CaseBuilder.Window(1, 1), 3, weight: i => i - 7)
                .ToCase($"{name} activations, small sums");
        }

        yield return Bytes(2, 3, 4).Convolution(CaseBuilder.Window(2, 2), CaseBuilder.Window(3, 2), 5, weight: i => (i % 2 == 0 ? 1 : -1) * ((1 << 24) + i))
            .ToCase("weights of 25 bits");
        yield return Bytes(2, 3, 4).Convolution(CaseBuilder.Window(2, 2), CaseBuilder.Window(3, 2), 5, weight: i => short.MaxValue + 1)
            .ToCase("weights one above int16");
    }

    private static IEnumerable<ConformanceCase> Limits()
    {
        yield return Bytes(3, 3, 4).Convolution(CaseBuilder.Window(3, 2), CaseBuilder.Window(3, 2), 3, weight: _ => short.MinValue).ToCase("least weights");
        yield return Bytes(3, 3, 4).Convolution(CaseBuilder.Window(3, 2), CaseBuilder.Window(3, 2), 3, weight: _ => short.MaxValue).ToCase("greatest weights");
        yield return Bytes(1, 1, 511).Convolution(CaseBuilder.Window(1, 1), CaseBuilder.Window(1, 1), 2, weight: _ => short.MinValue, bias: [0, 1])
            .ToCase("accumulators just inside 32 bits");
        yield return Bytes(1, 1, 513).Convolution(CaseBuilder.Window(1, 1), CaseBuilder.Window(1, 1), 2, weight: _ => short.MinValue, bias: [0, 1])
            .ToCase("accumulators just outside 32 bits");
        yield return new CaseBuilder(new TensorShape(1, 1, 1400), 100, 101)
            .Convolution(CaseBuilder.Window(1, 1), CaseBuilder.Window(1, 1), 3, weight: _ => short.MaxValue, bias: [-1400L * 100 * short.MaxValue, -4_600_000_000, -4_620_000_000])
            .ToCase("a sum and a bias beyond 32 bits that meet within");
        yield return Bytes(1, 1, 8).Convolution(CaseBuilder.Window(1, 1), CaseBuilder.Window(1, 1), 2, bias: [1L << 50, -(1L << 50)]).ToCase("biases of 51 bits");
        foreach (int shift in new[] { 0, 1, 7, 20, 31, 32, 48 })
        {
            // Weight one: accumulators are the inputs and the bias, so halves, and halves below zero, are met exactly.
            yield return Bytes(2, 2, 1).Convolution(
                CaseBuilder.Window(2, 1), CaseBuilder.Window(2, 1), 4, weight: i => 1,
                bias: [0, -1, shift == 0 ? 0 : 1L << (shift - 1), shift == 0 ? 0 : -(1L << (shift - 1)) - 1], shift: shift).ToCase($"rounding at shift {shift}", batchSize: 9);
        }

        CaseBuilder Tabled(ActivationTable table) => Bytes(2, 2, 4).Convolution(
            CaseBuilder.Window(2, 1), CaseBuilder.Window(2, 1), 6, table: table);
        yield return Tabled(new ActivationTable("constant", 12, -5, [42])).ToCase("a table of one value");
        yield return Tabled(new ActivationTable("far", 12, -2048, [7, -7, 3])).ToCase("a table at the lower end of its domain");
        yield return Tabled(new ActivationTable("short", 12, -300, [.. Enumerable.Range(0, 600).Select(i => (i * 100) - 30000)])).ToCase("int16 outputs");
        yield return Tabled(new ActivationTable("int", 12, -2, [int.MaxValue, -int.MaxValue, 0, 5])).ToCase("int32 outputs");
        yield return Bytes(2, 2, 4).Convolution(CaseBuilder.Window(2, 1), CaseBuilder.Window(2, 1), 6, raw: true)
            .Convolution(CaseBuilder.Window(2, 2), CaseBuilder.Window(2, 2), 3, weight: i => i - 11).ToCase("accumulators as activations", batchSize: 2);
    }

    private static IEnumerable<ConformanceCase> Depthwise()
    {
        foreach (int multiplier in new[] { 1, 2, 4 })
        {
            foreach ((int kernel, int stride, int dilation) in new[] { (1, 1, 1), (3, 1, 1), (3, 2, 1), (3, 1, 2), (5, 1, 1) })
            {
                yield return Bytes(7, 6, 3)
                    .Convolution(CaseBuilder.Window(7, kernel, stride, dilation, 2, 2), CaseBuilder.Window(6, kernel, stride, 1, 1, 1), 3 * multiplier, depthwise: true)
                    .ToCase($"depthwise {kernel}, stride {stride}, dilation {dilation}, {multiplier} outputs a channel", batchSize: 2);
            }
        }

        yield return new CaseBuilder(new TensorShape(3, 3, 5), -(1 << 24), 1 << 24)
            .Convolution(CaseBuilder.Window(3, 3, before: 1, after: 1), CaseBuilder.Window(3, 3, before: 1, after: 1), 5, depthwise: true)
            .ToCase("depthwise with accumulators of 64 bits");
    }
}
