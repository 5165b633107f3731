using VerifiableML.Circuits;
using VerifiableML.Circuits.Compilation;
using VerifiableML.Circuits.Keys;
using VerifiableML.Circuits.Verification;
using VerifiableML.Model.Execution;
using VerifiableML.Model.Quantized;
using VerifiableML.Model.Samples;
using VerifiableML.Protocol.Proofs;
using VerifiableML.Protocol.Setup;
using VerifiableML.Prover.Keys;

namespace VerifiableML.Prover.Tests;

/// <summary>A model with keys, an execution and a proof: what most tests start from.</summary>
internal sealed record ProvingFixture(ProvingKey Key, ExecutionTrace Trace, ProvenInference Proven)
{
    public static readonly byte[] Seed = [.. "a fixed seed for tests"u8];

    private static readonly Lazy<StructuredReferenceString> Shared = new(() => InsecureSetup.Generate(2052, Seed));

    public static ProvingFixture Of(QuantizedModel model, CircuitOptions? options = null, ulong input = 1)
    {
        ProvingKey key = KeyFor(model, options ?? new CircuitOptions());
        ExecutionTrace trace = Execute(model, key.Circuit.Options.BatchSize, input);
        return new ProvingFixture(key, trace, InferenceProver.Prove(key, trace));
    }

    public static ProvingKey KeyFor(QuantizedModel model, CircuitOptions options)
    {
        int required = CircuitCompiler.Compile(model, options).Layout.RequiredPowers;
        StructuredReferenceString srs = required <= Shared.Value.Count ? Shared.Value : InsecureSetup.Generate(required, Seed);
        return KeyGenerator.Generate(model, options, srs.Powers, new SetupReference([.. srs.Id.Span], srs.TauG2, srs.IsInsecure));
    }

    public static ExecutionTrace Execute(QuantizedModel model, int batchSize, ulong seed) =>
        new ReferenceExecutor().Execute(model, SyntheticModels.Input(model, batchSize, seed), batchSize);

    public Rejection? Verify() => InferenceVerifier.Verify(Key.Verification, Proven.Statement, CoreProofFormat.Encode(Proven.Proof));
}
