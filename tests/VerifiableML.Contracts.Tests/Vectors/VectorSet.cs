using VerifiableML.Circuits;
using VerifiableML.Model.Quantized;
using VerifiableML.Prover.Tests;

namespace VerifiableML.Contracts.Tests.Vectors;

/// <summary>The models and proofs that the contracts are tried with, made once a run and written where forge finds them.</summary>
internal sealed class VectorSet
{
    private static readonly Lazy<VectorSet> Made = new(() => new VectorSet());

    private VectorSet()
    {
        var dense = RegisteredModel.Of(
            new TinyModel(new TensorShape(1, 1, 3)).Dense(4, Curve.Clamp).Dense(3, Curve.Clamp).Model(), TwoRows(CircuitOptions.ForWrapping()));
        Dense = Vector.Of("dense", dense);
        Vectors =
        [
            .. LoanVectors.Make(),
            Dense,
            Vector.Of("dense-again", dense),
            Vector.Of("retrained", dense.Retrained()),
            Vector.Of("committed", Small(TwoRows(CircuitOptions.ForWrapping(1, Visibility.Committed, Visibility.Committed)))),
            Vector.Of("private", Small(CircuitOptions.ForWrapping(1, Visibility.Private))),
            // As many rows as the circuits of real models have by default: one of each, and nine in all where there are many weights.
            Vector.Of("small", RegisteredModel.Of(SixteenToSixteen(20), CircuitOptions.ForWrapping())),
            Vector.Of("nine-rows", RegisteredModel.Of(SixteenToSixteen(128, 128), CircuitOptions.ForWrapping() with { MaximumWeightRows = 8 })),
            Vector.Of("wide", RegisteredModel.Of(
                new TinyModel(new TensorShape(1, 1, 37), -300, 300).Dense(3).Model(), CircuitOptions.ForWrapping())),
            Vector.Of("pixels", RegisteredModel.Of(
                new TinyModel(new TensorShape(28, 28, 1), -128, 127).Dense(10, Curve.Clamp, shift: 10).Model(), CircuitOptions.ForWrapping())),
        ];
        Directory.CreateDirectory(Folder);
        foreach (Vector vector in Vectors)
        {
            File.WriteAllText(Path.Combine(Folder, vector.Name + ".json"), vector.ToJson());
        }

        File.WriteAllBytes(Path.Combine(Folder, "outside-of-subgroup"), ProofMutations.OutsideOfSubgroup());
    }

    public static VectorSet Shared => Made.Value;

    /// <summary>Not in git: the proofs are new each time.</summary>
    public static string Folder { get; } = Path.Combine(ContractsFolder.Path, "artifacts", "vectors");

    public Vector Dense { get; }

    public IReadOnlyList<Vector> Vectors { get; }

    private static QuantizedModel SixteenToSixteen(params int[] hidden) => hidden.Append(16)
        .Aggregate(new TinyModel(new TensorShape(1, 1, 16)), (model, width) => model.Dense(width, Curve.Clamp)).Model();

    private static CircuitOptions TwoRows(CircuitOptions options) => options with { MaximumWitnessRows = 2, MaximumWeightRows = 2 };

    private static RegisteredModel Small(CircuitOptions options) =>
        RegisteredModel.Of(new TinyModel(new TensorShape(1, 1, 3)).Dense(2, Curve.Clamp).Model(), options);
}
