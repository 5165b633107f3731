using VerifiableML.Circuits;
using VerifiableML.Model.Quantized;
using static VerifiableML.Prover.Tests.TinyModel;

namespace VerifiableML.Prover.Tests.Attacks;

/// <summary>One small model with every relation, proven once for all tests that only read.</summary>
internal static class EveryRelation
{
    private static readonly Lazy<ProvingFixture> Instance = new(() => ProvingFixture.Of(Model(1), Options));

    public static ProvingFixture Fixture => Instance.Value;

    public static CircuitOptions Options { get; } = new(2) { MaximumWitnessRows = 64, MaximumWeightRows = 4 };

    public static QuantizedModel Model(int seed)
    {
        var shape = new TensorShape(2, 3, 3);
        return new TinyModel(new TensorShape(3, 3, 2), -3, 6, seed)
            .Convolution(3, Window(2, 3), Window(3, 3, before: 1, after: 1), Curve.Sigmoid, shift: 9, magnitude: 300)
            .Convolution(0, Window(1, 2), Window(3, 3, before: 1, after: 1), Curve.Clamp, multiplier: 1)
            .Product(1, 2)
            .Sum(shape, Curve.Clamp, 3, true, new WeightedTerm(3, 5, Identity(shape)), new WeightedTerm(2, -2, new GatherMap([.. Enumerable.Range(0, 18).Reverse()])))
            .Pool(All(2), Window(2, 3))
            .Dense(3)
            .Model();
    }
}
