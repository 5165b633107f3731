using VerifiableML.Algebra;
using VerifiableML.Protocol.Groth16;
using VerifiableML.Protocol.Proofs;

namespace VerifiableML.Protocol.Tests.Groth16;

public sealed class Groth16VerifierTests
{
    private static readonly Groth16VerificationKey Key = SnarkjsFixture.Key;
    private static readonly Groth16Proof Proof = SnarkjsFixture.Proof;
    private static readonly Fr[] Signals = SnarkjsFixture.Signals;

    /// <summary>Proofs that are not the one that was made, with the reason for which each must be refused.</summary>
    public static TheoryData<string, RejectionReason> Mutations => new()
    {
        { "A negated", RejectionReason.Groth16 },
        { "B negated", RejectionReason.Groth16 },
        { "C negated", RejectionReason.Groth16 },
        { "A and C swapped", RejectionReason.Groth16 },
        { "A random", RejectionReason.Groth16 },
        { "B random", RejectionReason.Groth16 },
        { "C random", RejectionReason.Groth16 },
        { "all zero", RejectionReason.Groth16 },
        { "A off the curve", RejectionReason.Malformed },
        { "B off the twist", RejectionReason.Malformed },
        { "B outside the group", RejectionReason.Malformed },
        { "C off the curve", RejectionReason.Malformed },
    };

    [Fact]
    public void A_proof_of_snarkjs_is_accepted() => Assert.Null(Groth16Verifier.Verify(Key, Signals, Proof));

    [Theory]
    [MemberData(nameof(Mutations))]
    public void A_changed_proof_is_rejected(string change, RejectionReason reason) =>
        Assert.Equal(reason, Groth16Verifier.Verify(Key, Signals, Mutate(change))?.Reason);

    [Fact]
    public void Another_signal_is_rejected()
    {
        Assert.Equal(RejectionReason.Groth16, Groth16Verifier.Verify(Key, [Signals[0] + Fr.One, Signals[1]], Proof)?.Reason);
        Assert.Equal(RejectionReason.Groth16, Groth16Verifier.Verify(Key, [Signals[0], Fr.Zero], Proof)?.Reason);
        Assert.Equal(RejectionReason.Groth16, Groth16Verifier.Verify(Key, [Signals[1], Signals[0]], Proof)?.Reason);
    }

    [Fact]
    public void A_wrong_number_of_signals_is_rejected()
    {
        Assert.Equal(RejectionReason.PublicValues, Groth16Verifier.Verify(Key, [], Proof)?.Reason);
        Assert.Equal(RejectionReason.PublicValues, Groth16Verifier.Verify(Key, [Signals[0]], Proof)?.Reason);
        Assert.Equal(RejectionReason.PublicValues, Groth16Verifier.Verify(Key, [.. Signals, Fr.Zero], Proof)?.Reason);
    }

    [Fact]
    public void A_faulty_key_is_rejected()
    {
        Groth16VerificationKey[] faulty =
        [
            Key with { Alpha = G1.Infinity }, Key with { Alpha = StrayPoints.OffCurve },
            Key with { Beta = G2.Infinity }, Key with { Beta = StrayPoints.OutsideSubgroup },
            Key with { Gamma = G2.Infinity }, Key with { Gamma = StrayPoints.OffTwist },
            Key with { Delta = G2.Infinity }, Key with { Delta = StrayPoints.OutsideSubgroup }, Key with { Delta = Key.Gamma },
            Key with { Inputs = [] }, Key with { Inputs = default }, Key with { Inputs = [Key.Inputs[0], G1.Infinity, Key.Inputs[2]] },
            Key with { Inputs = [StrayPoints.OffCurve, Key.Inputs[1], Key.Inputs[2]] },
            Key with { Inputs = [Key.Inputs[0], Key.Inputs[1], StrayPoints.OffCurve] },
        ];
        Assert.Null(Key.FindFault());
        Assert.All(faulty, key => Assert.Equal(RejectionReason.WrongKey, Groth16Verifier.Verify(key, Signals, Proof)?.Reason));
    }

    [Fact]
    public void Missing_arguments_are_a_rejection_and_no_exception()
    {
        Assert.Equal(RejectionReason.Internal, Groth16Verifier.Verify(null!, Signals, Proof)?.Reason);
        Assert.Equal(RejectionReason.Internal, Groth16Verifier.Verify(Key, Signals, null!)?.Reason);
    }

    private static Groth16Proof Mutate(string change) => change switch
    {
        "A negated" => Proof with { A = -Proof.A },
        "B negated" => Proof with { B = -Proof.B },
        "C negated" => Proof with { C = -Proof.C },
        "A and C swapped" => new Groth16Proof(Proof.C, Proof.B, Proof.A),
        "A random" => Proof with { A = G1.Generator.Multiply(Draw.Scalar(1)) },
        "B random" => Proof with { B = G2.Generator.Multiply(Draw.Scalar(2)) },
        "C random" => Proof with { C = G1.Generator.Multiply(Draw.Scalar(3)) },
        "all zero" => new Groth16Proof(G1.Infinity, G2.Infinity, G1.Infinity),
        "A off the curve" => Proof with { A = StrayPoints.OffCurve },
        "B off the twist" => Proof with { B = StrayPoints.OffTwist },
        "B outside the group" => Proof with { B = StrayPoints.OutsideSubgroup },
        "C off the curve" => Proof with { C = StrayPoints.OffCurve },
        _ => throw new ArgumentException(change),
    };
}
