using System.Security.Cryptography;
using VerifiableML.Algebra;
using VerifiableML.Algebra.Groups;
using VerifiableML.Algebra.Vectors;
using VerifiableML.Circuits;
using VerifiableML.Circuits.Keys;
using VerifiableML.Circuits.Layout;
using VerifiableML.Circuits.Verification;
using VerifiableML.Model.Execution;
using VerifiableML.Protocol.Proofs;
using VerifiableML.Protocol.Transcript;
using VerifiableML.Prover.Keys;
using VerifiableML.Prover.Stages;
using VerifiableML.Prover.Witness;

namespace VerifiableML.Prover;

/// <summary>A proof with the statement that it proves and the time that each stage took.</summary>
/// <param name="Proof">The proof.</param>
/// <param name="Statement">The statement.</param>
/// <param name="Blinding">What was added to committed columns. Keep it: it opens the commitments, and reveals nothing unless shown.</param>
/// <param name="Clock">Times of the stages.</param>
public sealed record ProvenInference(CoreProof Proof, PublicStatement Statement, ColumnBlinding Blinding, StageClock Clock)
{
    /// <summary>What it was computed with.</summary>
    public string Backend { get; init; } = ProverBackend.Cpu.Name;
}

/// <summary>Proves that an execution follows the committed model.</summary>
public static class InferenceProver
{
    /// <summary>Proves <paramref name="trace"/>.</summary>
    /// <param name="key">The model's proving key.</param>
    /// <param name="trace">The execution; its batch must be the circuit's.</param>
    /// <param name="context">32 bytes to which the proof is bound, or nothing.</param>
    /// <param name="blinding">Blinding of committed columns, so that two proofs can be about the same commitment; fresh where null.</param>
    /// <param name="progress">Called with the name of each stage as it ends.</param>
    /// <param name="backend">What to compute with; the host's cores where null.</param>
    /// <exception cref="ArgumentException">The execution does not fit the circuit.</exception>
    /// <exception cref="DeviceFailureException">The backend's device failed. A proof is one transcript: another backend has to begin anew.</exception>
    public static ProvenInference Prove(
        ProvingKey key, ExecutionTrace trace, ReadOnlySpan<byte> context = default, ColumnBlinding? blinding = null,
        IProgress<ProverStage>? progress = null, ProverBackend? backend = null)
    {
        using var random = RandomNumberGenerator.Create();
        return Prove(key, trace, context, blinding, progress, backend ?? ProverBackend.Cpu, random);
    }

    /// <summary>The same with randomness of the caller's: from the same bytes of it every backend makes the same proof.</summary>
    internal static ProvenInference Prove(
        ProvingKey key, ExecutionTrace trace, ReadOnlySpan<byte> context, ColumnBlinding? blinding, IProgress<ProverStage>? progress,
        ProverBackend backend, RandomNumberGenerator random)
    {
        Circuit circuit = key.Circuit;
        if (trace.BatchSize != circuit.Options.BatchSize)
        {
            throw new ArgumentException($"a batch of {trace.BatchSize}; the circuit takes {circuit.Options.BatchSize}", nameof(trace));
        }

        var clock = new StageClock(progress, backend.Traffic);
        Witness.Witness witness = WitnessBuilder.Build(circuit, trace);
        clock.Stage(ProverStage.Witness);
        if (!backend.ChecksProofs)
        {
            return Prove(key, witness, trace.Values[0], trace.Output, context, blinding, clock, null, backend, random);
        }

        try
        {
            ProvenInference proven = Prove(key, witness, trace.Values[0], trace.Output, context, blinding, clock, null, backend, random);
            Rejection? rejection = InferenceVerifier.Verify(key.Verification, proven.Statement, proven.Proof);
            clock.Stage(ProverStage.Check);
            return rejection is null ? proven : throw new DeviceFailureException($"{backend.Name} made a proof that is refused: {rejection}");
        }
        catch (UnsatisfiedCircuitException unsatisfied)
        {
            // An execution satisfies its circuit, so the device has computed something else.
            throw new DeviceFailureException($"{backend.Name} computed something wrong: {unsatisfied.Message}", unsatisfied);
        }
    }

    /// <summary>Proves whatever <paramref name="witness"/> says about <paramref name="input"/> and <paramref name="output"/>, true or not.</summary>
    /// <param name="key">The model's proving key.</param>
    /// <param name="witness">The witness.</param>
    /// <param name="input">The integers stated as input where that is public.</param>
    /// <param name="output">The integers stated as output where that is public.</param>
    /// <param name="context">32 bytes to which the proof is bound, or nothing.</param>
    /// <param name="blinding">Blinding of committed columns; fresh where null.</param>
    /// <param name="clock">Takes the times.</param>
    /// <param name="deviations">Where the prover lies; null for an honest one.</param>
    /// <param name="backend">What to compute with.</param>
    /// <param name="random">Randomness.</param>
    internal static ProvenInference Prove(
        ProvingKey key, Witness.Witness witness, int[] input, int[] output, ReadOnlySpan<byte> context, ColumnBlinding? blinding, StageClock clock,
        Deviations? deviations, ProverBackend backend, RandomNumberGenerator random)
    {
        Circuit circuit = key.Circuit;
        G1[] rows = backend.Sums.ComputeRows(
            key.Powers, (deviations?.Committed ?? witness).Cells, circuit.Layout.WitnessRows, 1 << circuit.Layout.ColumnBits);
        blinding ??= ColumnBlinding.Draw(circuit, random);
        var witnessBlinding = WitnessBlinding.Draw(circuit, blinding, random);
        witnessBlinding.AddTo(key.Powers, rows);
        clock.Stage(ProverStage.Commit);
        PublicStatement statement = Statement(circuit, input, output, rows, context);
        var channel = new ProverChannel(TranscriptSeed.Compute(key.Verification, statement, rows));
        using var protocol = new ProverProtocol(backend.Kernels, channel, key, witness, witnessBlinding, random, clock) { Deviations = deviations };
        OpeningClaim<Fr> claim = protocol.Run();
        var opening = OpeningProver.Prove(
            backend, key.Powers, protocol.CombinedRow(claim), claim.Column, claim.Value, claim.Link);
        clock.Stage(ProverStage.Opening);
        return new ProvenInference(new CoreProof(rows, [.. channel.Messages], opening), statement, blinding, clock) { Backend = backend.Name };
    }

    private static PublicStatement Statement(Circuit circuit, int[] input, int[] output, G1[] rows, ReadOnlySpan<byte> context)
    {
        PublicStatement open = PublicStatement.Of(
            circuit.Options.Input == Visibility.Public ? input : null,
            circuit.Options.Output == Visibility.Public ? output : null);
        return open with
        {
            Context = context.IsEmpty ? open.Context : [.. context],
            InputCommitment = Hash(circuit.Options.Input, circuit.ValueColumns[0]),
            OutputCommitment = Hash(circuit.Options.Output, circuit.ValueColumns[circuit.Architecture.OutputValue]),
        };

        System.Collections.Immutable.ImmutableArray<byte> Hash(Visibility visibility, Column column)
        {
            if (visibility != Visibility.Committed)
            {
                return default;
            }

            (int first, int count) = circuit.RowsOf(column);
            return [.. TranscriptSeed.HashRows(rows.AsSpan(first, count))];
        }
    }
}
