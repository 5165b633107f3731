using VerifiableML.Algebra;
using VerifiableML.Algebra.Groups;
using VerifiableML.Circuits.ConstraintSystems;
using VerifiableML.Protocol.Groth16;
using VerifiableML.Protocol.Setup;
using VerifiableML.Prover.Ceremony;
using VerifiableML.Prover.Groth16;
using VerifiableML.Prover.Tests.Groth16;

namespace VerifiableML.Prover.Tests.Ceremony;

/// <summary>Every way to cheat in a ceremony that there is a check against, and the reason that it gets.</summary>
public sealed class CeremonyVerifierTests
{
    private static readonly RandomSystem Sample = RandomSystem.Create(seed: 8, constraints: 10, publicCount: 2);
    private static readonly PhaseTwoBeacon Beacon = new([.. "block"u8], PhaseTwoBeacon.LeastExponent);
    private static readonly Groth16ProvingKey Initial = PhaseTwoCeremony.Start(Sample.System, TestSetup.Secrets);
    private static readonly Groth16ProvingKey First = PhaseTwoCeremony.Contribute(Initial, "first", "a");
    private static readonly Groth16ProvingKey Second = PhaseTwoCeremony.Contribute(First, "second", "b");
    private static readonly Groth16ProvingKey Final = PhaseTwoCeremony.ApplyBeacon(Second, "beacon", Beacon);

    [Fact]
    public void A_ceremony_of_two_parties_and_a_beacon_is_accepted_and_its_key_works()
    {
        Assert.Null(CeremonyVerifier.Verify(Final, Sample.System, TestSetup.Secrets));
        Assert.Null(CeremonyVerifier.Verify(First, Initial));
        Assert.Null(Groth16Verifier.Verify(Final.Verification, Sample.PublicSignals, Groth16Prover.Prove(Final, Sample.Wires)));
    }

    [Fact]
    public void Contributions_are_random_and_beacons_are_not()
    {
        Assert.NotEqual(First.Delta, PhaseTwoCeremony.Contribute(Initial, "first", "a").Delta);
        Assert.Equal(Final.Delta, PhaseTwoCeremony.ApplyBeacon(Second, "another name", Beacon).Delta);
        Assert.NotEqual(Final.Delta, PhaseTwoCeremony.ApplyBeacon(Second, "beacon", Beacon with { IterationsExponent = 11 }).Delta);
    }

    [Fact]
    public void Names_are_nobodys_proof()
    {
        Groth16ProvingKey renamed = Final with { Contributions = Final.Contributions.SetItem(0, Final.Contributions[0] with { Name = "else" }) };
        Assert.Null(CeremonyVerifier.Verify(renamed, Initial));
    }

    [Fact]
    public void A_key_without_a_party_is_refused()
    {
        AssertFault(CeremonyFault.NoContribution, Initial);
        AssertFault(CeremonyFault.NoContribution, PhaseTwoCeremony.ApplyBeacon(Initial, string.Empty, Beacon));
    }

    [Fact]
    public void Another_circuit_is_refused()
    {
        RandomSystem other = RandomSystem.Create(seed: 9, constraints: 10, publicCount: 2);
        Assert.Equal(CeremonyFault.Circuit, CeremonyVerifier.Verify(Final, other.System, TestSetup.Secrets)?.Fault);
        RandomSystem smaller = RandomSystem.Create(seed: 8, constraints: 9, publicCount: 2);
        Assert.Equal(CeremonyFault.Circuit, CeremonyVerifier.Verify(Final, smaller.System, TestSetup.Secrets)?.Fault);
        AssertFault(CeremonyFault.Circuit, Final with { ConstraintSystemHash = Final.ConstraintSystemHash.SetItem(3, 9) });
        AssertFault(CeremonyFault.Circuit, Final with { A = WithCoefficient(Final.A, Fr.FromUInt64(77)) });
    }

    [Fact]
    public void Another_phase_one_is_refused()
    {
        var otherAlpha = new PhaseOneSecrets(TestSetup.Secrets.Tau, Fr.FromUInt64(4), TestSetup.Secrets.Beta);
        Assert.Equal(CeremonyFault.PhaseOne, CeremonyVerifier.Verify(Final, Sample.System, otherAlpha)?.Fault);
        var otherTau = new PhaseOneSecrets(Fr.FromUInt64(4), TestSetup.Secrets.Alpha, TestSetup.Secrets.Beta);
        Assert.Equal(CeremonyFault.FixedPoints, CeremonyVerifier.Verify(Final, Sample.System, otherTau)?.Fault);
    }

    [Fact]
    public void Changed_points_are_refused()
    {
        AssertFault(CeremonyFault.FixedPoints, Final with { PointsA = Swapped(Final.PointsA) });
        AssertFault(CeremonyFault.FixedPoints, Final with { PointsB1 = Swapped(Final.PointsB1) });
        AssertFault(
            CeremonyFault.FixedPoints,
            Final with { Verification = Final.Verification with { Inputs = Final.Verification.Inputs.SetItem(1, G1.Generator) } });
        AssertFault(CeremonyFault.PointsC, Final with { PointsC = Swapped(Final.PointsC) });
        AssertFault(CeremonyFault.PointsH, Final with { PointsH = Swapped(Final.PointsH) });
        AssertFault(CeremonyFault.PointsC, Final with { PointsC = Final.PointsC.Slice(1, Final.PointsC.Count - 1) });
        AssertFault(CeremonyFault.PointsH, Final with { PointsH = Second.PointsH });
    }

    [Fact]
    public void A_contribution_that_is_left_out_or_moved_is_refused()
    {
        AssertFault(CeremonyFault.Transcript, Final with { Contributions = Final.Contributions.RemoveAt(0) });
        AssertFault(
            CeremonyFault.Transcript,
            Final with { Contributions = [Final.Contributions[1], Final.Contributions[0], Final.Contributions[2]] });
        AssertFault(CeremonyFault.Delta, Final with { Contributions = Final.Contributions.RemoveAt(2) });
    }

    [Fact]
    public void A_party_that_does_not_know_its_secret_is_refused()
    {
        AssertFault(CeremonyFault.Transcript, WithFirst(first => first with { Base = first.Base + G1.Generator }));
        AssertFault(
            CeremonyFault.ProofOfKnowledge, WithFirst(first => first with { ChallengeTimesSecret = first.ChallengeTimesSecret + G2.Generator }));
        AssertFault(CeremonyFault.ProofOfKnowledge, WithFirst(first => first with { ChallengeTimesSecret = G2.Infinity }));
        AssertFault(CeremonyFault.DeltaChain, WithFirst(first => first with { DeltaAfter = first.DeltaAfter + G1.Generator }));
        AssertFault(CeremonyFault.DeltaChain, WithFirst(first => first with { DeltaAfter = G1.Infinity }));
    }

    [Fact]
    public void A_delta_that_nobody_contributed_is_refused()
    {
        AssertFault(CeremonyFault.Delta, Final with { Delta = G1.Generator });
        AssertFault(CeremonyFault.Delta, Final with { Verification = Final.Verification with { Delta = G2.Generator } });
    }

    [Fact]
    public void A_beacon_that_is_none_is_refused()
    {
        // The secret of a party passed off as that of a beacon; a beacon with another number of iterations; one that would take centuries.
        AssertFault(CeremonyFault.Beacon, WithFirst(first => first with { Beacon = Beacon }));
        AssertFault(CeremonyFault.Beacon, WithLast(last => last with { Beacon = Beacon with { IterationsExponent = 11 } }));
        AssertFault(CeremonyFault.Beacon, WithLast(last => last with { Beacon = Beacon with { IterationsExponent = 63 } }));
        AssertFault(CeremonyFault.Beacon, WithLast(last => last with { Beacon = Beacon with { Value = [] } }));
    }

    [Fact]
    public void What_cannot_be_written_down_is_not_contributed()
    {
        Assert.Throws<ArgumentException>(() => PhaseTwoCeremony.Contribute(Initial, new string('x', 65), string.Empty));
        Assert.Throws<ArgumentException>(() => PhaseTwoCeremony.Contribute(Initial, "two\nlines", string.Empty));
        Assert.Throws<ArgumentException>(() => PhaseTwoCeremony.ApplyBeacon(Initial, string.Empty, Beacon with { Value = [] }));
        Assert.Throws<ArgumentException>(() => PhaseTwoCeremony.ApplyBeacon(Initial, string.Empty, Beacon with { IterationsExponent = 9 }));
        Assert.Throws<ArgumentException>(() => PhaseTwoCeremony.ApplyBeacon(Initial, string.Empty, Beacon with { IterationsExponent = 29 }));
    }

    [Fact]
    public void Hashes_are_printed_in_four_rows_of_four_words()
    {
        byte[] hash = [.. Enumerable.Range(0, 64).Select(i => (byte)i)];
        Assert.StartsWith("\t\t00010203 04050607 08090a0b 0c0d0e0f\n\t\t10111213 ", ContributionHash.Format(hash));
        Assert.EndsWith("3c3d3e3f", ContributionHash.Format(hash));
    }

    private static void AssertFault(CeremonyFault fault, Groth16ProvingKey key) => Assert.Equal(fault, CeremonyVerifier.Verify(key, Initial)?.Fault);

    private static Groth16ProvingKey WithFirst(Func<PhaseTwoContribution, PhaseTwoContribution> change) =>
        Final with { Contributions = Final.Contributions.SetItem(0, change(Final.Contributions[0])) };

    private static Groth16ProvingKey WithLast(Func<PhaseTwoContribution, PhaseTwoContribution> change) =>
        Final with { Contributions = Final.Contributions.SetItem(2, change(Final.Contributions[2])) };

    private static SparseMatrix WithCoefficient(SparseMatrix matrix, Fr value)
    {
        Fr[] table = matrix.Coefficients.ToArray();
        table[matrix.CoefficientIndices[0]] = value;
        return new SparseMatrix(matrix.RowStarts.ToArray(), matrix.Wires.ToArray(), matrix.CoefficientIndices.ToArray(), table);
    }

    private static G1Bases Swapped(G1Bases points)
    {
        G1[] array = points.ToArray();
        int second = Array.FindIndex(array, point => point != array[0]);
        (array[0], array[second]) = (array[second], array[0]);
        return new G1Bases(array);
    }
}
