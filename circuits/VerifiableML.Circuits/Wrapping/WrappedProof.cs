using VerifiableML.Algebra;
using VerifiableML.Protocol.Claims;
using VerifiableML.Protocol.Commitments;
using VerifiableML.Protocol.Groth16;

namespace VerifiableML.Circuits.Wrapping;

/// <summary>
/// A wrapped proof: commitments, the values that circuit and verifier share, the opening of the folded commitment, and a Groth16 proof that a
/// verifier accepted. None of it depends on weights or private inputs beyond what the statement says.
/// </summary>
/// <param name="Rows">Commitments to the rows of the witness.</param>
/// <param name="Told">What the verifier is told of the shared values.</param>
/// <param name="Cross">The opening's commitment to the cross polynomial.</param>
/// <param name="Quotient">The opening's commitment to the quotient.</param>
/// <param name="Evaluation">The opening's KZG proof.</param>
/// <param name="Groth16">The proof that the wrap circuit is satisfied.</param>
public sealed record WrappedProof(G1[] Rows, ToldSignals Told, G1 Cross, G1 Quotient, G1 Evaluation, Groth16Proof Groth16)
{
    /// <summary>The opening, as the part of the verifier that knows no circuit sees it.</summary>
    public OpeningProof Opening => new(Cross, Told.Values, Quotient, Evaluation);
}

/// <summary>The shared values that a verifier cannot compute.</summary>
/// <param name="Binding">The circuit's hash of all shared values.</param>
/// <param name="Link">The transcript's challenge from which x is drawn.</param>
/// <param name="Trace"><c>x + 1/x</c>.</param>
/// <param name="Combination">The weight of the preprocessed data beside the witness.</param>
/// <param name="WitnessRow">The point at which witness rows are folded.</param>
/// <param name="WeightRow">The point at which rows of preprocessed data are folded.</param>
/// <param name="Values">The opening's values.</param>
public sealed record ToldSignals(
    Fr Binding, Fr Link, Fr Trace, Fr Combination, EvaluationPoint<Fr> WitnessRow, EvaluationPoint<Fr> WeightRow, OpenedValues<Fr> Values)
{
    /// <summary>Number of scalars for a circuit.</summary>
    public static int Count(Circuit circuit) => 8 + circuit.Layout.WitnessRowBits + circuit.Layout.WeightRowBits;

    /// <summary>The scalars in the order of the bytes.</summary>
    public Fr[] ToArray() =>
    [
        Binding, Link, Trace, Combination, .. WitnessRow.Coordinates, .. WeightRow.Coordinates,
        Values.RowConstant, Values.RowSlope, Values.CrossConstant, Values.CrossSlope,
    ];

    /// <summary>The values of <see cref="Count"/> scalars.</summary>
    public static ToldSignals FromArray(Circuit circuit, Fr[] scalars)
    {
        int witness = circuit.Layout.WitnessRowBits;
        int weights = circuit.Layout.WeightRowBits;
        return new ToldSignals(
            scalars[0], scalars[1], scalars[2], scalars[3],
            new EvaluationPoint<Fr>(scalars.AsMemory(4, witness)), new EvaluationPoint<Fr>(scalars.AsMemory(4 + witness, weights)),
            new OpenedValues<Fr>(scalars[^4], scalars[^3], scalars[^2], scalars[^1]));
    }

    /// <summary>All shared values, with those that the verifier computes.</summary>
    public WrapSignals<Fr> Complete(Fr seed, Fr inputValue, Fr outputValue, Fr x) =>
        new(Binding, seed, inputValue, outputValue, Link, x, Trace, Combination, WitnessRow, WeightRow, Values);
}
