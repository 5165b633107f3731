using VerifiableML.Algebra;
using VerifiableML.Protocol.Groth16;
using VerifiableML.Protocol.Proofs;
using VerifiableML.Prover.Groth16;

namespace VerifiableML.Prover.Tests.Groth16;

public sealed class Groth16ProverTests
{
    private static readonly RandomSystem Example = RandomSystem.Create(seed: 1, constraints: 20, publicCount: 3);
    private static readonly Groth16ProvingKey Key = TestSetup.Key(Example.System);
    private static readonly Groth16Proof Proof = Groth16Prover.Prove(Key, Example.Wires);

    [Theory]
    [InlineData(1, 0)]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(4, 3)]
    [InlineData(5, 3)]
    [InlineData(28, 3)]
    [InlineData(29, 3)]
    [InlineData(150, 5)]
    public void Proofs_of_random_systems_are_accepted(int constraints, int publicCount)
    {
        for (int seed = 0; seed < 3; seed++)
        {
            RandomSystem example = RandomSystem.Create(seed, constraints, publicCount);
            Assert.Equal(-1, example.System.FindViolation(example.Wires));
            Groth16ProvingKey key = TestSetup.Key(example.System);
            Groth16Proof proof = Groth16Prover.Prove(key, example.Wires);
            Assert.Null(Groth16Verifier.Verify(key.Verification, example.PublicSignals, proof));
        }
    }

    [Fact]
    public void Another_public_signal_is_rejected()
    {
        for (int i = 0; i < Example.System.PublicCount; i++)
        {
            Fr[] signals = Example.PublicSignals.ToArray();
            signals[i] += Fr.One;
            Assert.Equal(RejectionReason.Groth16, Groth16Verifier.Verify(Key.Verification, signals, Proof)?.Reason);
        }
    }

    [Fact]
    public void Every_private_wire_that_matters_is_bound()
    {
        for (int wire = Example.System.PublicCount + 1; wire < Example.Wires.Length; wire++)
        {
            Fr[] wires = [.. Example.Wires];
            wires[wire] += Fr.One;
            Rejection? rejection = Groth16Verifier.Verify(Key.Verification, Example.PublicSignals, Groth16Prover.Prove(Key, wires));
            Assert.Equal(Example.System.FindViolation(wires) < 0, rejection is null);
        }
    }

    [Fact]
    public void Two_proofs_of_one_witness_share_no_point()
    {
        Groth16Proof other = Groth16Prover.Prove(Key, Example.Wires);
        Assert.NotEqual(Proof.A, other.A);
        Assert.NotEqual(Proof.B, other.B);
        Assert.NotEqual(Proof.C, other.C);
        Assert.Null(Groth16Verifier.Verify(Key.Verification, Example.PublicSignals, other));
    }

    [Fact]
    public void Whoever_knows_the_trapdoor_needs_no_witness()
    {
        Fr[] signals = [RandomSystem.Draw(new Random(8)), Fr.Zero, RandomSystem.Draw(new Random(9))];
        Groth16Proof simulated = Groth16Simulator.Simulate(Key.Verification, TestSetup.Secrets, TestSetup.Delta, signals);
        Assert.Null(Groth16Verifier.Verify(Key.Verification, signals, simulated));
        Assert.Equal(RejectionReason.Groth16, Groth16Verifier.Verify(Key.Verification, Example.PublicSignals, simulated)?.Reason);
    }

    [Fact]
    public void A_proof_under_another_key_is_rejected()
    {
        Groth16ProvingKey other = TestSetup.Key(RandomSystem.Create(seed: 2, constraints: 20, publicCount: 3).System);
        Groth16ProvingKey otherDelta = TestSetup.WithDelta(Key, Fr.FromUInt64(7));
        Assert.Equal(RejectionReason.Groth16, Groth16Verifier.Verify(other.Verification, Example.PublicSignals, Proof)?.Reason);
        Assert.Equal(RejectionReason.Groth16, Groth16Verifier.Verify(otherDelta.Verification, Example.PublicSignals, Proof)?.Reason);
    }

    [Fact]
    public void A_key_without_contribution_forges_and_is_refused()
    {
        Groth16ProvingKey bare = Groth16KeyGenerator.Generate(Example.System, TestSetup.Secrets);
        Groth16Proof proof = Groth16Prover.Prove(bare, Example.Wires);

        // C takes over what the change of a signal does to the inputs, because both are paired with the same point.
        Fr[] signals = Example.PublicSignals.ToArray();
        signals[0] += Fr.One;
        Groth16Proof forged = proof with { C = proof.C - bare.Verification.Inputs[1] };
        G1 inputs = bare.Verification.Inputs[0];
        for (int i = 0; i < signals.Length; i++)
        {
            inputs += bare.Verification.Inputs[i + 1].Multiply(signals[i]);
        }

        Assert.True(Pairing.ProductIsOne(
        [
            (-forged.A, forged.B), (bare.Verification.Alpha, bare.Verification.Beta), (inputs, G2.Generator), (forged.C, G2.Generator),
        ]));
        Assert.Equal(RejectionReason.WrongKey, Groth16Verifier.Verify(bare.Verification, signals, forged)?.Reason);
        Assert.Equal(RejectionReason.WrongKey, Groth16Verifier.Verify(bare.Verification, Example.PublicSignals, proof)?.Reason);
    }

    [Fact]
    public void A_witness_that_does_not_fit_is_an_error()
    {
        Assert.Throws<ArgumentException>(() => Groth16Prover.Prove(Key, Example.Wires.AsMemory(1)));
        Fr[] wires = [.. Example.Wires];
        wires[0] = Fr.Zero;
        Assert.Throws<ArgumentException>(() => Groth16Prover.Prove(Key, wires));
    }

    [Fact]
    public void Each_stage_is_reported_once_and_in_order()
    {
        var seen = new Stages();
        Groth16Prover.Prove(Key, Example.Wires, seen);
        Assert.Equal(Enum.GetValues<Groth16Stage>(), seen.List);
    }

    private sealed class Stages : IProgress<Groth16Stage>
    {
        public List<Groth16Stage> List { get; } = [];

        public void Report(Groth16Stage value) => List.Add(value);
    }
}
