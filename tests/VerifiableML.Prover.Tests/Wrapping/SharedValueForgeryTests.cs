using VerifiableML.Algebra;
using VerifiableML.Circuits;
using VerifiableML.Circuits.Verification;
using VerifiableML.Circuits.Wrapping;
using VerifiableML.Protocol.Commitments;
using VerifiableML.Protocol.Transcript;

namespace VerifiableML.Prover.Tests.Wrapping;

/// <summary>
/// A prover who knows ρ and picks opened values inside the circuit that satisfy its identity and, at ρ, sum to what the verifier's false ones sum to. Four values and two equations: it
/// would always work, were it not for the hash of the values in the circuit's sum.
/// </summary>
public sealed class SharedValueForgeryTests
{
    private static readonly WrappedInference Inference = WrappedInference.Shared;

    [Fact]
    public void Values_inside_that_sum_to_false_ones_outside_are_given_away_by_their_hash()
    {
        WrapSignals<Fr> honest = Run(Inference.Core.Opening.Values);
        WrapSignals<Fr> told = honest with { Values = honest.Values with { RowConstant = honest.Values.RowConstant + Fr.One } };
        Fr rho = WrapSignals<Fr>.DrawCompression(told);
        WrapSignals<Fr> inside = Run(Solve(told, rho));

        // All but the hash agrees at ρ, and the circuit is satisfied with the values inside.
        Assert.NotEqual(told.Values, inside.Values);
        Assert.Equal((told with { Binding = Fr.Zero }).Compress(rho), (inside with { Binding = Fr.Zero }).Compress(rho));
        Assert.True(IsSatisfied(inside.PublicWires(rho), inside));
        Assert.False(IsSatisfied(told.PublicWires(rho), inside));
    }

    /// <summary>The first two values, so that the identity holds and the sum at ρ is that of <paramref name="told"/>.</summary>
    private static OpenedValues<Fr> Solve(WrapSignals<Fr> told, Fr rho)
    {
        var zero = new OpenedValues<Fr>(Fr.Zero, Fr.Zero, told.Values.CrossConstant, told.Values.CrossSlope);
        Fr offset = Discrepancy(zero);
        Fr byConstant = Discrepancy(zero with { RowConstant = Fr.One }) - offset;
        Fr bySlope = Discrepancy(zero with { RowSlope = Fr.One }) - offset;

        // byConstant a + bySlope b = -offset and a + rho b = told a + rho told b.
        Fr sum = told.Values.RowConstant + (rho * told.Values.RowSlope);
        Fr slope = (-offset - (byConstant * sum)) * (bySlope - (rho * byConstant)).Inverse();
        return zero with { RowConstant = sum - (rho * slope), RowSlope = slope };
    }

    private static Fr Discrepancy(OpenedValues<Fr> values)
    {
        OpeningClaim<Fr> claim = new VerifierProtocol<Fr>(
            Inference.Fixture.Circuit, new NativeVerifierChannel(Seed, Inference.Core.Messages),
            (column, _) => column.Index == InputColumn ? InputValue : OutputValue).Run();
        Fr x = InnerProductOpening.Challenge(claim.Link, Inference.Core.Opening.Cross);
        return InnerProductOpening.Discrepancy(claim.Column, claim.Value, x, x.Inverse(), values);
    }

    private static WrapSignals<Fr> Run(OpenedValues<Fr> values) => WrapProtocol.Run(
        Inference.Fixture.Circuit, new NativeVerifierChannel(Seed, Messages(values)), InputValue, OutputValue);

    private static bool IsSatisfied(Fr[] publicWires, WrapSignals<Fr> inside) => Inference.Fixture.Constraints.TrySolve(
        publicWires, [Seed, InputValue, OutputValue, .. Messages(inside.Values)], out _, out _);

    private static Fr[] Messages(OpenedValues<Fr> values)
    {
        Fr x = InnerProductOpening.Challenge(Inference.Proof.Told.Link, Inference.Core.Opening.Cross);
        return
        [
            .. Inference.Core.Messages, x, x.Inverse(), values.RowConstant, values.RowSlope, values.CrossConstant, values.CrossSlope,
        ];
    }

    private static Fr Seed => TranscriptSeed.Compute(Inference.Key.Verification, Inference.Statement, Inference.Core.Rows);

    private static int InputColumn => Inference.Fixture.Circuit.ValueColumns[0].Index;

    private static Fr InputValue => PublicValues.Evaluate(Inference.Fixture.Circuit, 0, Inference.Statement.Input!, Seed);

    private static Fr OutputValue =>
        PublicValues.Evaluate(Inference.Fixture.Circuit, Inference.Fixture.Circuit.Architecture.OutputValue, Inference.Statement.Output!, Seed);
}
