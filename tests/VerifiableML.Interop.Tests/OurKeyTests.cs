using VerifiableML.Algebra;
using VerifiableML.Algebra.Groups;
using VerifiableML.Circuits.ConstraintSystems;
using VerifiableML.Interop.Tests.Snarkjs;
using VerifiableML.Protocol.Groth16;
using VerifiableML.Protocol.Serialization;
using VerifiableML.Protocol.Setup.Ptau;
using VerifiableML.Prover.Ceremony;
using VerifiableML.Prover.Groth16;
using VerifiableML.Prover.Groth16.Zkey;
using VerifiableML.Prover.Tests.Groth16;

namespace VerifiableML.Interop.Tests;

/// <summary>What this program makes, given to snarkjs.</summary>
public sealed class OurKeyTests(OurKeyTests.Made made) : IClassFixture<OurKeyTests.Made>
{
    [SnarkjsFact]
    public void Snarkjs_finds_our_witness_to_satisfy_our_constraints() =>
        Assert.Contains("WITNESS IS CORRECT", made.Files.Snarkjs("wtns", "check", "ours.r1cs", "ours.wtns"));

    [SnarkjsFact]
    public void Snarkjs_verifies_our_key_and_prints_our_contributions_hashes()
    {
        string output = made.Files.Snarkjs("zkey", "verify", "ours.r1cs", "setup.ptau", "ours.zkey");
        Assert.Contains("ZKey Ok!", output);
        Assert.Contains(ContributionHash.Format(made.Key.ConstraintSystemHash.AsSpan()), output);
        Assert.All(made.Key.Contributions, contribution =>
        {
            Assert.Contains(ContributionHash.Format(ContributionHash.Compute(contribution)), output);
            Assert.Contains(contribution.Name, output);
        });
    }

    [SnarkjsFact]
    public void Snarkjs_verifies_our_proof()
    {
        Groth16Proof proof = Groth16Prover.Prove(made.Key, made.System.Wires);
        ProofJson.Write(made.Files["proof.json"], proof);
        PublicSignalsJson.Write(made.Files["public.json"], made.System.PublicSignals.ToArray());
        VerificationKeyJson.Write(made.Files["key.json"], made.Key.Verification);
        Assert.Contains("OK!", made.Files.Snarkjs("groth16", "verify", "key.json", "public.json", "proof.json"));
    }

    [SnarkjsFact]
    public void Snarkjs_proves_with_our_key_and_our_witness_and_we_verify()
    {
        made.Files.Snarkjs("groth16", "prove", "ours.zkey", "ours.wtns", "theirs-proof.json", "theirs-public.json");
        Assert.True(ProofJson.TryRead(made.Files["theirs-proof.json"], out Groth16Proof? proof, out FileError? error), error?.ToString());
        Assert.True(PublicSignalsJson.TryRead(made.Files["theirs-public.json"], out Fr[]? signals, out error), error?.ToString());
        Assert.Equal(made.System.PublicSignals.ToArray(), signals);
        Assert.Null(Groth16Verifier.Verify(made.Key.Verification, signals, proof));
    }

    [SnarkjsFact]
    public void Snarkjs_exports_the_verification_key_that_we_export()
    {
        made.Files.Snarkjs("zkey", "export", "verificationkey", "ours.zkey", "exported.json");
        VerificationKeyJson.Write(made.Files["written.json"], made.Key.Verification);
        Assert.Equal(File.ReadAllText(made.Files["exported.json"]).Trim(), File.ReadAllText(made.Files["written.json"]).Trim());
    }

    [SnarkjsFact]
    public void Snarkjs_makes_the_same_first_key_and_the_same_key_from_a_beacon()
    {
        made.Files.Snarkjs("zkey", "new", "ours.r1cs", "setup.ptau", "theirs-first.zkey");
        Assert.True(ZkeyFile.TryRead(made.Files["theirs-first.zkey"], ZkeyCheck.Group, out Groth16ProvingKey? first, out FileError? error), error?.ToString());
        ZkeyFile.Write(made.Files["theirs-rewritten.zkey"], first);
        ZkeyFile.Write(made.Files["ours-first.zkey"], PhaseTwoCeremony.Start(made.System.System, Secrets.Known));
        AssertSameFile("theirs-rewritten.zkey", "ours-first.zkey");

        made.Files.Snarkjs("zkey", "beacon", "theirs-first.zkey", "theirs-beacon.zkey", "0102030405060708090a", "10", "-n=the beacon");
        ZkeyFile.Write(made.Files["ours-beacon.zkey"], PhaseTwoCeremony.ApplyBeacon(first, "the beacon", Made.Beacon));
        AssertSameFile("theirs-beacon.zkey", "ours-beacon.zkey");
    }

    [SnarkjsFact]
    public void Snarkjs_goes_on_with_our_ceremony_and_we_with_theirs()
    {
        made.Files.Snarkjs("zkey", "contribute", "ours.zkey", "mixed-1.zkey", "-n=theirs", "-e=some text");
        Assert.True(ZkeyFile.TryRead(made.Files["mixed-1.zkey"], ZkeyCheck.Group, out Groth16ProvingKey? mixed, out FileError? error), error?.ToString());
        Assert.Null(CeremonyVerifier.Verify(mixed, made.System.System, Secrets.Known));
        mixed = PhaseTwoCeremony.Contribute(mixed, "ours again", "other text");
        ZkeyFile.Write(made.Files["mixed-2.zkey"], mixed);
        Assert.Contains("ZKey Ok!", made.Files.Snarkjs("zkey", "verify", "ours.r1cs", "setup.ptau", "mixed-2.zkey"));
        Assert.Null(Groth16Verifier.Verify(mixed.Verification, made.System.PublicSignals, Groth16Prover.Prove(mixed, made.System.Wires)));
    }

    [SnarkjsFact]
    public void Snarkjs_refuses_what_we_refuse()
    {
        G1[] points = made.Key.PointsH.ToArray();
        (points[3], points[4]) = (points[4], points[3]);
        Groth16ProvingKey bad = made.Key with { PointsH = new G1Bases(points) };
        ZkeyFile.Write(made.Files["bad.zkey"], bad);
        Assert.Contains("H section does not match", made.Files.SnarkjsRefuses("zkey", "verify", "ours.r1cs", "setup.ptau", "bad.zkey"));
        Assert.Equal(CeremonyFault.PointsH, CeremonyVerifier.Verify(bad, made.System.System, Secrets.Known)?.Fault);
    }

    private void AssertSameFile(string left, string right) =>
        Assert.True(File.ReadAllBytes(made.Files[left]).AsSpan().SequenceEqual(File.ReadAllBytes(made.Files[right])), $"{left} and {right} differ");

    /// <summary>Constraints, a witness, a setup and a key with two parties' contributions and a beacon's, all by this program.</summary>
    public sealed class Made : IDisposable
    {
        internal static readonly PhaseTwoBeacon Beacon = new([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 10);

        public Made()
        {
            System = RandomSystem.Create(seed: 5, constraints: 100, publicCount: 3);
            Key = PhaseTwoCeremony.ApplyBeacon(
                PhaseTwoCeremony.Contribute(
                    PhaseTwoCeremony.Contribute(PhaseTwoCeremony.Start(System.System, Secrets.Known), "first party", "a"), "zweite Partei äöü", "b"),
                "block 1",
                Beacon);
            R1csFile.Write(Files["ours.r1cs"], System.System);
            WtnsFile.Write(Files["ours.wtns"], System.Wires);
            PtauWriter.WriteInsecure(Files["setup.ptau"], Secrets.Known, power: 8);
            ZkeyFile.Write(Files["ours.zkey"], Key);
        }

        public Workshop Files { get; } = new();

        internal RandomSystem System { get; }

        internal Groth16ProvingKey Key { get; }

        public void Dispose() => Files.Dispose();
    }
}
