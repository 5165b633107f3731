using VerifiableML.Circuits;
using VerifiableML.Model.Quantized;
using static VerifiableML.Prover.Tests.TinyModel;

namespace VerifiableML.Prover.Tests;

/// <summary>Hand-built models that together meet every relation in odd geometry.</summary>
internal static class RelationCases
{
    public static readonly IReadOnlyDictionary<string, Func<(QuantizedModel Model, CircuitOptions Options)>> All =
        new Dictionary<string, Func<(QuantizedModel, CircuitOptions)>>
        {
            ["conv 3x3, stride 1, padding 1"] = () => Of(Image(5, 6, 3).Convolution(4, Window(3, 5, before: 1, after: 1), Window(3, 6, before: 1, after: 1))),
            ["conv 3x2, stride 2, asymmetric padding"] = () => Of(
                Image(7, 5, 2).Convolution(3, Window(3, 7, 2, before: 2), Window(2, 5, 2, before: 0, after: 3), Curve.Clamp)),
            ["conv 4x5, stride 3"] = () => Of(Image(9, 11, 1).Convolution(2, Window(4, 9, 3, before: 1), Window(5, 11, 3, after: 2))),
            ["conv 3x3, dilation 2 and 3"] = () => Of(Image(8, 9, 2).Convolution(3, Window(3, 8, 1, 2), Window(3, 9, 2, 3, 1, 1))),
            ["conv 1x1"] = () => Of(Image(3, 5, 3).Convolution(5, Window(1, 3), Window(1, 5), Curve.Clamp)),
            ["conv 1x1, stride 2"] = () => Of(Image(5, 4, 3).Convolution(2, Window(1, 5, 2), Window(1, 4, 2))),
            ["conv over rows only"] = () => Of(Image(6, 3, 2).Convolution(3, Window(4, 6, before: 1), Window(1, 3))),
            ["conv over columns only"] = () => Of(Image(3, 6, 2).Convolution(3, Window(1, 3), Window(3, 6, 2, after: 1))),
            ["conv that covers rows and slides over columns"] = () => Of(Image(3, 7, 2).Convolution(3, All(3), Window(2, 7))),
            ["conv that covers all"] = () => Of(Image(3, 5, 3).Convolution(3, All(3), All(5), Curve.Raw)),
            ["conv of one pixel with padding on all sides"] = () => Of(
                Image(1, 1, 3).Convolution(4, Window(3, 1, before: 1, after: 1), Window(3, 1, before: 1, after: 1))),
            ["conv of one row with padding"] = () => Of(Image(1, 5, 2).Convolution(4, Window(3, 1, before: 2, after: 1), Window(1, 5))),
            ["conv with nothing but padding at the border"] = () => Of(
                Image(3, 3, 1).Convolution(2, Window(2, 3, before: 3, after: 3), Window(2, 3, before: 2, after: 3), Curve.Sigmoid)),
            ["conv 7x7 larger than its image"] = () => Of(Image(4, 3, 1).Convolution(3, Window(7, 4, before: 3, after: 3), Window(7, 3, before: 3, after: 3))),
            ["one channel, one output"] = () => Of(Image(3, 3, 1).Convolution(1, Window(2, 3), Window(2, 3))),
            ["dense of one input and one output"] = () => Of(Image(1, 1, 1).Dense(1)),
            ["dense without bias"] = () => Of(Image(1, 1, 5).Dense(7, Curve.Relu, bias: false).Dense(3, bias: false)),
            ["more outputs than weight rows"] = () => Of(Image(1, 1, 3).Dense(13, Curve.Relu).Dense(5), new CircuitOptions { MaximumWeightRows = 4 }),
            ["one weight row"] = () => Of(Image(3, 3, 2).Convolution(5, Window(2, 3), Window(2, 3)).Dense(3), new CircuitOptions { MaximumWeightRows = 1 }),
            ["one witness row"] = () => Of(Image(1, 1, 3).Dense(4, Curve.Relu).Dense(2), new CircuitOptions { MaximumWitnessRows = 1 }),
            ["four witness rows"] = () => Of(Image(1, 1, 3).Dense(4, Curve.Relu).Dense(2), new CircuitOptions { MaximumWitnessRows = 4 }),
            ["more weight rows than outputs"] = () => Of(Image(2, 2, 2).Convolution(3, Window(1, 2), Window(2, 2)), new CircuitOptions { MaximumWeightRows = 128 }),
            ["depthwise, multiplier 1"] = () => Of(Image(4, 5, 3).Convolution(0, Window(3, 4, before: 1, after: 1), Window(2, 5), multiplier: 1)),
            ["depthwise, multiplier 2"] = () => Of(Image(4, 5, 3).Convolution(0, Window(2, 4, 2), Window(3, 5, before: 1), Curve.Sigmoid, multiplier: 2)),
            ["depthwise, multiplier 4"] = () => Of(Image(3, 3, 2).Convolution(0, Window(2, 3), Window(2, 3), Curve.Clamp, multiplier: 4)),
            ["depthwise that covers all, then dense"] = () => Of(Image(3, 2, 5).Convolution(0, All(3), All(2), Curve.Clamp, multiplier: 1).Dense(3)),
            ["depthwise 1x1"] = () => Of(Image(3, 2, 3).Convolution(0, Window(1, 3), Window(1, 2), Curve.Clamp, multiplier: 1)),
            ["shift 0"] = () => Of(Image(2, 2, 1).Convolution(2, Window(2, 2), Window(1, 2), Curve.Clamp, 0, magnitude: 1)),
            ["shift 1"] = () => Of(Image(2, 2, 1).Convolution(2, Window(2, 2), Window(1, 2), Curve.Clamp, 1, magnitude: 2)),
            ["shift 19"] = () => Of(Image(2, 2, 2).Convolution(3, Window(2, 2), Window(1, 2), Curve.Clamp, 19, magnitude: 1 << 17)),
            ["shift 34"] = () => Of(Image(2, 2, 2).Convolution(3, Window(2, 2), Window(1, 2), Curve.Sigmoid, 34, magnitude: 1 << 30)),
            ["shift 48"] = () => Of(Image(1, 1, 2).Dense(3, Curve.Sigmoid, 48, magnitude: 1 << 30)),
            ["activation that is not zero at zero, then a padded conv"] = () => Of(
                Image(3, 5, 3).Convolution(3, Window(2, 3), Window(3, 5, before: 1, after: 1), Curve.Sigmoid)
                    .Convolution(3, Window(3, 2, before: 1, after: 1), Window(3, 5, before: 1, after: 1), Curve.Sigmoid).Dense(3)),
            ["max-pool 2x2"] = () => Of(Image(5, 4, 3).Pool(Window(2, 5, 2), Window(2, 4, 2))),
            ["max-pool with padding and overlaps"] = () => Of(Image(5, 6, 2).Pool(Window(3, 5, 2, before: 1, after: 1), Window(3, 6, 1, before: 1, after: 1))),
            ["max-pool of negative values with padding"] = () => Of(
                new TinyModel(new TensorShape(3, 3, 1), -8, 0).Pool(Window(2, 3, 2, before: 1), Window(2, 3, 2, before: 1))),
            ["max-pool with a window of one"] = () => Of(Image(3, 5, 2).Pool(Window(1, 3, 2), Window(1, 5, 2))),
            ["max-pool with a window of one that is the identity"] = () => Of(Image(3, 5, 2).Pool(Window(1, 3), Window(1, 5))),
            ["max-pool along columns"] = () => Of(Image(3, 5, 2).Pool(Window(1, 3), Window(3, 5, 2))),
            ["max-pool over all"] = () => Of(Image(3, 5, 3).Pool(All(3), All(5)).Dense(2)),
            ["max-pool of one pixel with padding"] = () => Of(Image(1, 1, 3).Pool(Window(2, 1, before: 1), Window(2, 1, before: 1)).Dense(2)),
            ["conv, pool, dense"] = () => Of(
                Image(6, 7, 1).Convolution(3, Window(3, 6, before: 1, after: 1), Window(3, 7, before: 1, after: 1))
                    .Pool(Window(2, 6, 2), Window(2, 7, 2)).Dense(5, Curve.Clamp).Dense(3)),
            ["residual sum with requantization"] = () => Residual(Curve.Clamp),
            ["residual sum without requantization"] = () => Residual(Curve.Raw),
            ["average pool"] = () => Of(Image(4, 6, 3).Sum(new TensorShape(2, 2, 3), Curve.Clamp, 4, false, new WeightedTerm(0, 11, new SeparableMap(
                Axis(4, 2, (0, 0, 1), (0, 1, 1), (1, 2, 1), (1, 3, 1)),
                Axis(6, 2, (0, 0, 1), (0, 1, 1), (0, 2, 1), (1, 3, 1), (1, 4, 1), (1, 5, 1)), AxisMap.Identity(3))))),
            ["global average pool"] = () => Of(Image(3, 5, 3).Sum(new TensorShape(1, 1, 3), Curve.Clamp, 4, true, new WeightedTerm(0, 5, new SeparableMap(
                Axis(3, 1, (0, 0, 1), (0, 1, 1), (0, 2, 1)), Axis(5, 1, [.. Enumerable.Range(0, 5).Select(i => (0, i, 1))]), AxisMap.Identity(3))))),
            ["broadcast of one pixel"] = () => Of(Image(1, 1, 3).Sum(new TensorShape(3, 5, 3), Curve.Clamp, 1, true, new WeightedTerm(0, 3, new SeparableMap(
                Axis(1, 3, (0, 0, 1), (1, 0, 2), (2, 0, -1)), Axis(1, 5, (0, 0, 1), (4, 0, 3)), AxisMap.Identity(3))))),
            ["scalar times a constant map"] = () => Of(Image(1, 1, 1).Sum(new TensorShape(1, 1, 1), Curve.Raw, 0, false, new WeightedTerm(0, 2, new SeparableMap(
                Axis(1, 1, (0, 0, 5)), Axis(1, 1, (0, 0, -3)), Axis(1, 1, (0, 0, 2)))))),
            ["channel concatenation"] = () => Of(Image(2, 3, 3).Convolution(2, Window(1, 2), Window(1, 3)).Sum(
                new TensorShape(2, 3, 5), Curve.Clamp, 2, true,
                new WeightedTerm(0, 3, Channels(2, 3, Axis(3, 5, (0, 0, 1), (1, 1, 1), (2, 2, 1)))),
                new WeightedTerm(1, -2, Channels(2, 3, Axis(2, 5, (3, 0, 1), (4, 1, 1)))))),
            ["empty map"] = () => Of(Image(2, 3, 2).Sum(new TensorShape(2, 3, 2), Curve.Sigmoid, 2, true, new WeightedTerm(0, 3, Channels(2, 3, Axis(2, 2))))),
            ["transposition by gathering"] = () => Of(Image(3, 5, 2).Sum(new TensorShape(5, 3, 2), Curve.Raw, 0, false, new WeightedTerm(0, 1, new GatherMap(
                [.. Enumerable.Range(0, 30).Select(i => ((((i / 2 % 3) * 5) + (i / 6)) * 2) + (i % 2))])))),
            ["reshape with holes by gathering"] = () => Of(Image(3, 3, 2).Sum(new TensorShape(1, 1, 11), Curve.Clamp, 1, true, new WeightedTerm(0, 3, new GatherMap(
                [0, -1, 17, 5, 5, 5, -1, 3, 1, 2, 16]))).Dense(2)),
            ["gather from one cell"] = () => Of(Image(1, 1, 1).Sum(new TensorShape(1, 1, 3), Curve.Raw, 0, false, new WeightedTerm(0, 7, new GatherMap([0, -1, 0])))),
            ["sum of five terms over the same value"] = () => Of(Image(2, 3, 3).Sum(
                new TensorShape(2, 3, 3), Curve.Clamp, 3, true,
                [.. Enumerable.Range(1, 5).Select(i => new WeightedTerm(0, i * 100, i % 2 == 0 ? Identity(new TensorShape(2, 3, 3)) : new GatherMap(
                    [.. Enumerable.Range(0, 18).Select(cell => ((cell * i) % 19) - 1)])))])),
            ["product of two branches"] = () => Of(Image(3, 3, 3).Convolution(3, Window(1, 3), Window(1, 3), Curve.Clamp)
                .Convolution(3, Window(3, 3, before: 1, after: 1), Window(1, 3), Curve.Sigmoid, from: 0).Product(1, 2)),
            ["square without requantization"] = () => Of(Image(3, 1, 3).Product(0, 0, Curve.Raw)),
            ["product of scalars"] = () => Of(Image(1, 1, 1).Product(0, 0, Curve.Raw)),
            ["product, then depthwise and dense in one batch of contractions"] = () => Of(
                Image(3, 2, 2).Product(0, 0).Convolution(0, Window(2, 3), Window(2, 2), Curve.Clamp, multiplier: 2).Dense(3)),
            ["an output used twice, and an inner value as output"] = () => Of(
                Image(3, 3, 2).Convolution(2, Window(1, 3), Window(1, 3), Curve.Clamp).Product(1, 1).Pool(Window(2, 3), Window(2, 3)), null, 2),
            ["input range 0 to 200"] = () => Of(new TinyModel(new TensorShape(1, 1, 3), 0, 200).Dense(3, Curve.Clamp, 6)),
            ["input range -3 to 9"] = () => Of(new TinyModel(new TensorShape(2, 3, 1), -3, 9).Pool(Window(2, 2), Window(2, 3)).Dense(3)),
            ["input range of one value"] = () => Of(new TinyModel(new TensorShape(1, 1, 3), 0, 0).Dense(3)),
            ["int16 inputs"] = () => Of(new TinyModel(new TensorShape(1, 1, 3), -32768, 32767).Dense(3, Curve.Clamp, 17, magnitude: 30000)),
            ["int16 inputs, odd range, max-pool"] = () => Of(new TinyModel(new TensorShape(3, 1, 2), -100, 20000).Pool(Window(2, 3), Window(1, 1))),
            ["batch of 2"] = () => Small(new CircuitOptions(2)),
            ["batch of 3"] = () => Small(new CircuitOptions(3)),
            ["batch of 5"] = () => Small(new CircuitOptions(5)),
            ["batch of 5 with depthwise, sums and gathers"] = () => Of(
                Image(3, 3, 3).Convolution(0, Window(2, 3), Window(2, 3), Curve.Sigmoid, multiplier: 2)
                    .Sum(new TensorShape(1, 1, 7), Curve.Clamp, 3, true, new WeightedTerm(1, 9, new GatherMap([0, 5, 23, -1, 7, 8, 9]))).Dense(2),
                new CircuitOptions(5)),
            ["committed input and output"] = () => Small(new CircuitOptions(1, Visibility.Committed, Visibility.Committed)),
            ["committed input, one witness row"] = () => Small(new CircuitOptions(1, Visibility.Committed) { MaximumWitnessRows = 1 }),
            ["committed output, batch of 3"] = () => Small(new CircuitOptions(3, Visibility.Public, Visibility.Committed)),
            ["private input, public output"] = () => Small(new CircuitOptions(1, Visibility.Private)),
            ["private input and output, batch of 3"] = () => Small(new CircuitOptions(3, Visibility.Private, Visibility.Private)),
            ["public input, private output"] = () => Small(new CircuitOptions(1, Visibility.Public, Visibility.Private)),
        };

    /// <summary>A model with a convolution, a pool, a table that marks padding, and a raw output.</summary>
    public static (QuantizedModel Model, CircuitOptions Options) Small(CircuitOptions options) => Of(
        Image(4, 3, 2).Convolution(3, Window(3, 4, before: 1, after: 1), Window(2, 3), Curve.Sigmoid).Pool(Window(2, 4, 2), Window(2, 2)).Dense(3),
        options);

    private static TinyModel Image(int rows, int columns, int channels) => new(new TensorShape(rows, columns, channels));

    private static SeparableMap Channels(int rows, int columns, AxisMap channels) =>
        new(AxisMap.Identity(rows), AxisMap.Identity(columns), channels);

    private static (QuantizedModel, CircuitOptions) Residual(Curve curve)
    {
        var shape = new TensorShape(3, 3, 3);
        return Of(Image(3, 3, 3).Convolution(3, Window(3, 3, before: 1, after: 1), Window(3, 3, before: 1, after: 1), Curve.Clamp)
            .Sum(shape, curve, 4, false, new WeightedTerm(0, 13, Identity(shape)), new WeightedTerm(1, -7, Identity(shape))));
    }

    private static (QuantizedModel Model, CircuitOptions Options) Of(TinyModel model, CircuitOptions? options = null, int? output = null) =>
        (model.Model(output), options ?? new CircuitOptions());
}
