using VerifiableML.Algebra;
using VerifiableML.Circuits.ConstraintSystems;
using VerifiableML.Circuits.Wrapping;
using VerifiableML.Interop.Tests.Snarkjs;
using VerifiableML.Protocol.Groth16;
using VerifiableML.Protocol.Proofs;
using VerifiableML.Protocol.Serialization;
using VerifiableML.Prover.Groth16.Zkey;
using VerifiableML.Prover.Tests.Wrapping;
using VerifiableML.Prover.Wrapping;

namespace VerifiableML.Interop.Tests;

/// <summary>
/// The wrap circuit of a small model in the hands of snarkjs. (That snarkjs verifies whole keys is shown on smaller circuits: for this one it would take
/// minutes.)
/// </summary>
public sealed class WrapTests : IDisposable
{
    private readonly Workshop _files = new();

    public void Dispose() => _files.Dispose();

    [SnarkjsFact]
    public void Snarkjs_proves_and_verifies_the_wrap_of_a_model()
    {
        WrappedInference inference = WrappedInference.Shared;
        WrapFixture fixture = inference.Fixture;
        Assert.True(
            Wrapper.TryAssign(
                inference.Key.Verification, fixture.Constraints, inference.Statement, inference.Core, out WrapAssignment? assignment,
                out Rejection? rejection),
            rejection?.ToString());
        R1csFile.Write(_files["wrap.r1cs"], fixture.Constraints.System);
        WtnsFile.Write(_files["wrap.wtns"], assignment.Wires);
        ZkeyFile.Write(_files["wrap.zkey"], fixture.Groth16);
        VerificationKeyJson.Write(_files["key.json"], fixture.Wrap.Groth16);
        PublicSignalsJson.Write(_files["public.json"], assignment.Wires.Slice(1, WrapSignals<Fr>.PublicCount));
        ProofJson.Write(_files["proof.json"], inference.Proof.Groth16);

        Assert.Contains("WITNESS IS CORRECT", _files.Snarkjs("wtns", "check", "wrap.r1cs", "wrap.wtns"));
        Assert.Contains("OK!", _files.Snarkjs("groth16", "verify", "key.json", "public.json", "proof.json"));

        _files.Snarkjs("groth16", "prove", "wrap.zkey", "wrap.wtns", "theirs.json", "theirs-public.json");
        Assert.True(ProofJson.TryRead(_files["theirs.json"], out Groth16Proof? theirs, out FileError? error), error?.ToString());
        Assert.Null(inference.Verify(inference.Proof with { Groth16 = WrappedProofFormat.Canonical(theirs) }));
    }
}
