using VerifiableML.Algebra;
using VerifiableML.Circuits.ConstraintSystems;
using VerifiableML.Interop.Tests.Snarkjs;
using VerifiableML.Protocol.Groth16;
using VerifiableML.Protocol.Serialization;
using VerifiableML.Protocol.Setup.Ptau;
using VerifiableML.Prover.Ceremony;
using VerifiableML.Prover.Groth16;
using VerifiableML.Prover.Groth16.Zkey;

namespace VerifiableML.Interop.Tests;

/// <summary>What circom and snarkjs make, from the circuit's source to the proof, given to this program.</summary>
public sealed class TheirKeyTests : IDisposable
{
    private readonly Workshop _files = new();

    public void Dispose() => _files.Dispose();

    [SnarkjsFact]
    public void A_circuit_setup_key_witness_and_proof_of_theirs_are_ours_as_well()
    {
        MakeTheirs();
        Assert.True(R1csFile.TryRead(_files["cubic.r1cs"], out ConstraintSystem? system, out FileError? error), error?.ToString());
        Assert.True(WtnsFile.TryRead(_files["cubic.wtns"], out Fr[]? wires, out error), error?.ToString());
        Assert.True(ZkeyFile.TryRead(_files["final.zkey"], ZkeyCheck.Group, out Groth16ProvingKey? key, out error), error?.ToString());
        Assert.True(
            PtauPhaseOne.TryRead(_files["prepared.ptau"], Groth16KeyGenerator.DomainBits(system), out PtauPhaseOne? phaseOne, out error), error?.ToString());
        Assert.Equal(-1, system.FindViolation(wires));
        Assert.Equal(3, system.PublicCount);

        Assert.Null(CeremonyVerifier.Verify(key, system, phaseOne));
        Assert.True(PtauPhaseOne.TryRead(_files["contributed.ptau"], phaseOne.MaximumDomainBits, out PtauPhaseOne? unprepared, out error), error?.ToString());
        Assert.Null(CeremonyVerifier.Verify(key, system, unprepared));
        Assert.Equal(["alice", "bob", "beacon"], key.Contributions.Select(contribution => contribution.Name));

        ZkeyFile.Write(_files["rewritten.zkey"], key);
        Assert.Equal(File.ReadAllBytes(_files["final.zkey"]), File.ReadAllBytes(_files["rewritten.zkey"]));
        R1csFile.Write(_files["rewritten.r1cs"], system);
        WtnsFile.Write(_files["rewritten.wtns"], wires);
        Assert.Equal(File.ReadAllBytes(_files["cubic.wtns"]), File.ReadAllBytes(_files["rewritten.wtns"]));

        AssertTheirProof(system, wires);
        ProofJson.Write(_files["our-proof.json"], Groth16Prover.Prove(key, wires));
        Assert.Contains("OK!", _files.Snarkjs("groth16", "verify", "key.json", "public.json", "our-proof.json"));
        Assert.Contains("ZKey Ok!", _files.Snarkjs("zkey", "verify", "rewritten.r1cs", "prepared.ptau", "rewritten.zkey"));
    }

    private void MakeTheirs()
    {
        File.Copy(Path.Combine(AppContext.BaseDirectory, "Circuits", "cubic.circom"), _files["cubic.circom"]);
        ToolResult compiled = NodeTool.Circom(_files.Folder, "cubic.circom", "--r1cs", "--wasm");
        Assert.True(compiled.ExitCode == 0, compiled.Output);
        string secrets = string.Join(",", Enumerable.Range(1, 40).Select(i => $"\"{i * i}\""));
        File.WriteAllText(_files["input.json"], $"{{\"a\":\"11\",\"b\":\"7\",\"secret\":[{secrets}]}}");
        _files.Snarkjs("wtns", "calculate", "cubic_js/cubic.wasm", "input.json", "cubic.wtns");
        _files.Snarkjs("powersoftau", "new", "bn128", "8", "new.ptau");
        _files.Snarkjs("powersoftau", "contribute", "new.ptau", "contributed.ptau", "-n=carol", "-e=text");
        _files.Snarkjs("powersoftau", "prepare", "phase2", "contributed.ptau", "prepared.ptau");
        _files.Snarkjs("zkey", "new", "cubic.r1cs", "prepared.ptau", "first.zkey");
        _files.Snarkjs("zkey", "contribute", "first.zkey", "second.zkey", "-n=alice", "-e=text");
        _files.Snarkjs("zkey", "contribute", "second.zkey", "third.zkey", "-n=bob", "-e=text");
        _files.Snarkjs("zkey", "beacon", "third.zkey", "final.zkey", "00112233445566778899aabbccddeeff", "10", "-n=beacon");
        _files.Snarkjs("zkey", "export", "verificationkey", "final.zkey", "key.json");
        _files.Snarkjs("groth16", "prove", "final.zkey", "cubic.wtns", "proof.json", "public.json");
    }

    private void AssertTheirProof(ConstraintSystem system, Fr[] wires)
    {
        Assert.True(VerificationKeyJson.TryRead(_files["key.json"], out Groth16VerificationKey? key, out FileError? error), error?.ToString());
        Assert.True(ProofJson.TryRead(_files["proof.json"], out Groth16Proof? proof, out error), error?.ToString());
        Assert.True(PublicSignalsJson.TryRead(_files["public.json"], out Fr[]? signals, out error), error?.ToString());
        Assert.Equal(wires.AsSpan(1, system.PublicCount).ToArray(), signals);
        Assert.Null(Groth16Verifier.Verify(key, signals, proof));
    }
}
