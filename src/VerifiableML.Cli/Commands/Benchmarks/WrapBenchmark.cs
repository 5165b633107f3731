using System.Diagnostics;
using VerifiableML.Circuits.Compilation;
using VerifiableML.Circuits.ConstraintSystems;
using VerifiableML.Circuits.Keys;
using VerifiableML.Circuits.Wrapping;
using VerifiableML.Cli.CommandLine;
using VerifiableML.Cli.Commands.Wrapping;
using VerifiableML.Model.Execution;
using VerifiableML.Model.Quantized;
using VerifiableML.Model.Samples;
using VerifiableML.Protocol.Proofs;
using VerifiableML.Protocol.Setup;
using VerifiableML.Prover;
using VerifiableML.Prover.Ceremony;
using VerifiableML.Prover.Groth16;
using VerifiableML.Prover.Keys;
using VerifiableML.Prover.Wrapping;

namespace VerifiableML.Cli.Commands.Benchmarks;

/// <summary>Everything that wrapping takes, for measurements.</summary>
/// <param name="Key">The model's proving key.</param>
/// <param name="Constraints">The wrap circuit.</param>
/// <param name="Groth16">Its key.</param>
/// <param name="Verification">What a verifier has of that.</param>
/// <param name="Generation">How long the wrap key took to make; null for one that was read.</param>
internal sealed record WrapBenchmark(
    ProvingKey Key, CompiledConstraints Constraints, Groth16ProvingKey Groth16, WrapVerificationKey Verification, TimeSpan? Generation)
{
    /// <summary>Makes keys of a model under the insecure setup.</summary>
    public static WrapBenchmark Generate(QuantizedModel model, int batchSize)
    {
        var options = CircuitCompiler.ChooseForWrapping(model, batchSize);
        StructuredReferenceString srs = InsecureSetup.Generate(CircuitCompiler.Compile(model, options).Layout.RequiredPowers);
        ProvingKey key = KeyGenerator.Generate(model, options, srs.Powers, new SetupReference([.. srs.Id.Span], srs.TauG2, srs.IsInsecure));
        long start = Stopwatch.GetTimestamp();
        CompiledConstraints constraints = WrapCircuit.Compile(key.Circuit);
        Groth16ProvingKey groth16 = PhaseTwoCeremony.Contribute(
            PhaseTwoCeremony.Start(constraints.System, InsecureSetup.Secrets), "benchmark", string.Empty);
        TimeSpan generation = Stopwatch.GetElapsedTime(start);
        var verification = new WrapVerificationKey(key.Circuit.Digest, groth16.Verification, SetupTrust.Insecure, 1);
        return new WrapBenchmark(key, constraints, groth16, verification, generation);
    }

    /// <summary>Takes the keys of a folder.</summary>
    public static WrapBenchmark Read(ModelFolder folder, ProvingKey key, Terminal terminal)
    {
        WrapTools tools = WrapTools.Read(folder, key.Verification, terminal);
        return new WrapBenchmark(key, tools.Constraints, tools.Groth16, tools.Verification, null);
    }

    /// <summary>Runs, proves, wraps and verifies once, with random input.</summary>
    /// <exception cref="MisuseException">A proof was refused, which would make its time worthless.</exception>
    public WrapRun Measure(ulong seed)
    {
        int batch = Key.Circuit.Options.BatchSize;
        ExecutionTrace trace = new VectorExecutor().Execute(Key.Model, SyntheticModels.Input(Key.Model, batch, seed), batch);
        ProvenInference proven = InferenceProver.Prove(Key, trace);
        var stages = new WrapStages();
        if (!Wrapper.TryWrap(
            Key.Verification, Constraints, Groth16, proven.Statement, proven.Proof, out WrappedProof? wrapped, out Rejection? rejection, stages))
        {
            throw new MisuseException($"the core proof cannot be wrapped: {rejection}");
        }

        byte[] proof = WrappedProofFormat.Encode(wrapped);
        long start = Stopwatch.GetTimestamp();
        rejection = WrappedVerifier.Verify(Key.Verification, Verification, proven.Statement, proof);
        TimeSpan verify = Stopwatch.GetElapsedTime(start);
        return rejection is null
            ? new WrapRun(proven.Clock.Total, stages, verify, proof.Length)
            : throw new MisuseException($"the wrapped proof was rejected: {rejection}");
    }
}

/// <summary>Times of one wrap, keys loaded.</summary>
/// <param name="Prove">Making the core proof.</param>
/// <param name="Wrap">Wrapping it, stage by stage.</param>
/// <param name="Verify">Checking the wrapped proof's bytes.</param>
/// <param name="ProofBytes">Length of the wrapped proof.</param>
internal sealed record WrapRun(TimeSpan Prove, WrapStages Wrap, TimeSpan Verify, int ProofBytes);
