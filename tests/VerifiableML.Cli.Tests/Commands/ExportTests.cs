using System.Text.Json;
using VerifiableML.Algebra;
using VerifiableML.Circuits.ConstraintSystems;
using VerifiableML.Cli.CommandLine;
using VerifiableML.Cli.Commands;
using VerifiableML.Cli.Commands.Exporting;
using VerifiableML.Protocol.Groth16;

namespace VerifiableML.Cli.Tests.Commands;

/// <summary>The files for snarkjs fit together, read back by their formats' readers. That snarkjs takes such files is for the interop tests.</summary>
[Collection(SharedWrapFolder.Name)]
public sealed class ExportTests(WrapFolderFixture fixture)
{
    [Fact]
    public void Circuit_witness_key_proof_and_signals_fit_together()
    {
        (int code, JsonElement report, string error) = Vml.RunJson("export", fixture.Root);
        Assert.Equal(ExitCode.Accepted, code);
        Assert.Contains("SECRET", error);
        var files = new SnarkjsFolder(fixture.Folder.Snarkjs);
        Assert.True(R1csFile.TryRead(files.Circuit, out ConstraintSystem? system, out _));
        Assert.True(WtnsFile.TryRead(files.Witness, out Fr[]? wires, out _));
        Assert.Equal(-1, system.FindViolation(wires));
        Assert.True(VerificationKeyJson.TryRead(files.VerificationKey, out Groth16VerificationKey? key, out _));
        Assert.True(ProofJson.TryRead(files.Proof, out Groth16Proof? proof, out _));
        Assert.True(PublicSignalsJson.TryRead(files.Public, out Fr[]? signals, out _));
        Assert.Equal(signals, wires[1..(1 + signals.Length)]);
        Assert.Null(Groth16Verifier.Verify(key, signals, proof));
        Assert.Contains(report.GetProperty("commands").EnumerateArray(), command => command.GetString()!.StartsWith("snarkjs groth16 verify", StringComparison.Ordinal));

        // The folder's own public.json is another file.
        Assert.Equal(ExitCode.Accepted, Vml.Run("verify", fixture.Root).Code);
        WrapFolderFixture.Expect("ceremony", "verify", fixture.Folder.WrapProvingKey, "--r1cs", files.Circuit);
    }

    [Fact]
    public void What_is_secret_can_be_left_out()
    {
        ModelFolder copy = fixture.Copy();
        (int code, _, string error) = Vml.Run("export", copy.Root, "--public-only");
        Assert.Equal(ExitCode.Accepted, code);
        Assert.DoesNotContain("SECRET", error);
        Assert.False(File.Exists(new SnarkjsFolder(copy.Snarkjs).Witness));
    }

    [Fact]
    public void The_core_proof_must_be_that_of_the_wrapped_one()
    {
        ModelFolder copy = fixture.Copy();
        byte[] wrapped = File.ReadAllBytes(copy.WrappedProof);
        byte[] values = File.ReadAllBytes(copy.PublicValues);
        WrapFolderFixture.Expect("prove", copy.Root, "--input", fixture.Samples);
        File.WriteAllBytes(copy.WrappedProof, wrapped);
        File.WriteAllBytes(copy.PublicValues, values);
        (int code, _, string error) = Vml.Run("export", copy.Root);
        Assert.Equal(ExitCode.Misuse, code);
        Assert.Contains("is not the proof that", error);
        Assert.False(File.Exists(new SnarkjsFolder(copy.Snarkjs).Witness));
    }

    [Fact]
    public void A_proof_that_does_not_hold_is_not_exported()
    {
        ModelFolder copy = fixture.Copy();
        WrapFolderFixture.Expect("prove", copy.Root, "--input", fixture.Samples, "--first", "1", "--wrap");
        File.Copy(fixture.Folder.WrappedProof, copy.WrappedProof, overwrite: true);
        Assert.Equal(ExitCode.Rejected, Vml.Run("export", copy.Root).Code);
        Assert.False(Directory.Exists(copy.Snarkjs));
    }
}
