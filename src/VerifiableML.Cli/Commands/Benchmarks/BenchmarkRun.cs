using System.Diagnostics;
using VerifiableML.Circuits.Verification;
using VerifiableML.Cli.CommandLine;
using VerifiableML.Model.Execution;
using VerifiableML.Model.Samples;
using VerifiableML.Protocol.Proofs;
using VerifiableML.Prover;
using VerifiableML.Prover.Keys;

namespace VerifiableML.Cli.Commands.Benchmarks;

/// <summary>Times of one proof, keys loaded.</summary>
/// <param name="Execute">Running the model.</param>
/// <param name="Prove">Making the proof, all stages.</param>
/// <param name="Verify">Checking its bytes.</param>
/// <param name="ProofBytes">Length of the proof.</param>
/// <param name="Stages">Times of the prover's stages.</param>
internal sealed record BenchmarkRun(
    TimeSpan Execute, TimeSpan Prove, TimeSpan Verify, int ProofBytes, IReadOnlyDictionary<ProverStage, TimeSpan> Stages)
{
    /// <summary>Runs, proves and verifies once, with random input.</summary>
    /// <exception cref="MisuseException">The proof was refused, which would make its time worthless.</exception>
    public static BenchmarkRun Measure(ProvingKey key, ulong seed)
    {
        int batch = key.Circuit.Options.BatchSize;
        int[] input = SyntheticModels.Input(key.Model, batch, seed);
        long start = Stopwatch.GetTimestamp();
        ExecutionTrace trace = new VectorExecutor().Execute(key.Model, input, batch);
        TimeSpan execute = Stopwatch.GetElapsedTime(start);

        start = Stopwatch.GetTimestamp();
        ProvenInference proven = InferenceProver.Prove(key, trace);
        TimeSpan prove = Stopwatch.GetElapsedTime(start);

        byte[] proof = CoreProofFormat.Encode(proven.Proof);
        start = Stopwatch.GetTimestamp();
        Rejection? rejection = InferenceVerifier.Verify(key.Verification, proven.Statement, proof);
        TimeSpan verify = Stopwatch.GetElapsedTime(start);
        return rejection is null
            ? new BenchmarkRun(execute, prove, verify, proof.Length, proven.Clock.Durations)
            : throw new MisuseException($"the proof was rejected: {rejection}");
    }
}
