using VerifiableML.Algebra;
using VerifiableML.Algebra.Groups;
using VerifiableML.Circuits;
using VerifiableML.Circuits.Compilation;
using VerifiableML.Circuits.ConstraintSystems;
using VerifiableML.Circuits.Keys;
using VerifiableML.Circuits.Wrapping;
using VerifiableML.Model.Execution;
using VerifiableML.Model.Quantized;
using VerifiableML.Protocol.Proofs;
using VerifiableML.Protocol.Setup;
using VerifiableML.Prover.Groth16;
using VerifiableML.Prover.Keys;
using VerifiableML.Prover.Wrapping;

namespace VerifiableML.Prover.Tests.Wrapping;

/// <summary>
/// A circuit with the key of its wrap. All secrets of the setup are known, δ too: that is what a simulator needs, and what a forger must not have.
/// </summary>
internal sealed record WrapFixture(Circuit Circuit, CompiledConstraints Constraints, Groth16ProvingKey Groth16, WrapVerificationKey Wrap)
{
    /// <summary>δ of the one contribution.</summary>
    public static readonly Fr Delta = Fr.FromInt64(0x5eed);

    private static readonly Lazy<StructuredReferenceString> Powers = new(() => InsecureSetup.Generate(1028));

    private static readonly Lazy<WrapFixture> SharedFixture = new(() => Of(Model(1), CircuitOptions.ForWrapping()));

    /// <summary>The wrap of a small dense network, with input and output public.</summary>
    public static WrapFixture Shared => SharedFixture.Value;

    public static QuantizedModel Model(int seed) =>
        new TinyModel(new TensorShape(1, 1, 3), seed: seed).Dense(4, Curve.Clamp).Dense(3, Curve.Clamp).Model();

    /// <summary>A model of the same architecture: other weights within the same bounds.</summary>
    public static QuantizedModel Retrained(QuantizedModel model) => QuantizedModelValidator.Validated(model with
    {
        Nodes = [.. model.Nodes.Select(node => node is ConvolutionNode convolution
            ? convolution with { Weights = [.. convolution.Weights.Select(weight => -weight)] }
            : node)],
    });

    public static WrapFixture Of(QuantizedModel model, CircuitOptions options)
    {
        Circuit circuit = CircuitCompiler.Compile(model, options);
        CompiledConstraints constraints = WrapCircuit.Compile(circuit);
        Groth16ProvingKey initial = Groth16KeyGenerator.Generate(constraints.System, InsecureSetup.Secrets);
        Groth16ProvingKey key = initial with
        {
            Delta = G1.Generator.Multiply(Delta),
            Verification = initial.Verification with { Delta = G2.Generator.Multiply(Delta) },
            PointsC = CommonScalarMultiplication.Compute(initial.PointsC, Delta.Inverse()),
            PointsH = CommonScalarMultiplication.Compute(initial.PointsH, Delta.Inverse()),
        };
        return new WrapFixture(
            circuit, constraints, key, new WrapVerificationKey(circuit.Digest, key.Verification, SetupTrust.Insecure, 1));
    }

    public ProvingKey KeyFor(QuantizedModel model) => KeyGenerator.Generate(
        model, Circuit.Options, Powers.Value.Powers,
        new SetupReference([.. Powers.Value.Id.Span], Powers.Value.TauG2, Powers.Value.IsInsecure));

    public WrappedInference Prove(QuantizedModel model, ulong input = 1, ReadOnlySpan<byte> context = default) => Prove(KeyFor(model), input, context);

    public WrappedInference Prove(ProvingKey key, ulong input = 1, ReadOnlySpan<byte> context = default) =>
        Prove(key, ProvingFixture.Execute(key.Model, Circuit.Options.BatchSize, input), context);

    public WrappedInference Prove(ProvingKey key, ExecutionTrace trace, ReadOnlySpan<byte> context = default)
    {
        ProvenInference proven = InferenceProver.Prove(key, trace, context);
        Assert.True(
            Wrapper.TryWrap(
                key.Verification, Constraints, Groth16, proven.Statement, proven.Proof, out WrappedProof? wrapped, out Rejection? rejection),
            rejection?.ToString());
        return new WrappedInference(this, key, proven.Statement, proven.Proof, wrapped);
    }
}

/// <summary>A wrapped proof with everything that it was made from.</summary>
internal sealed record WrappedInference(WrapFixture Fixture, ProvingKey Key, PublicStatement Statement, CoreProof Core, WrappedProof Proof)
{
    private static readonly Lazy<WrappedInference> SharedInference = new(() => WrapFixture.Shared.Prove(WrapFixture.Model(1)));

    /// <summary>Made once for all tests that only read.</summary>
    public static WrappedInference Shared => SharedInference.Value;

    public Rejection? Verify(WrappedProof? proof = null, PublicStatement? statement = null) => WrappedVerifier.Verify(
        Key.Verification, Fixture.Wrap, statement ?? Statement, WrappedProofFormat.Encode(proof ?? Proof));
}
