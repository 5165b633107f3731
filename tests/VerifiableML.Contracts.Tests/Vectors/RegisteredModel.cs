using VerifiableML.Algebra;
using VerifiableML.Algebra.Groups;
using VerifiableML.Chain.Encoding;
using VerifiableML.Circuits;
using VerifiableML.Circuits.Compilation;
using VerifiableML.Circuits.ConstraintSystems;
using VerifiableML.Circuits.Keys;
using VerifiableML.Circuits.Wrapping;
using VerifiableML.Model.Execution;
using VerifiableML.Model.Quantized;
using VerifiableML.Model.Samples;
using VerifiableML.Protocol.Proofs;
using VerifiableML.Protocol.Setup;
using VerifiableML.Prover;
using VerifiableML.Prover.Groth16;
using VerifiableML.Prover.Keys;
using VerifiableML.Prover.Wrapping;

namespace VerifiableML.Contracts.Tests.Vectors;

/// <summary>A model with all keys, made from the published secrets of the insecure setup and one contribution.</summary>
internal sealed class RegisteredModel
{
    private readonly CompiledConstraints _constraints;
    private readonly Groth16ProvingKey _groth16;
    private readonly ProvingKey _key;

    private RegisteredModel(CompiledConstraints constraints, Groth16ProvingKey groth16, ProvingKey key)
    {
        (_constraints, _groth16, _key) = (constraints, groth16, key);
        Wrap = new WrapVerificationKey(key.Circuit.Digest, groth16.Verification, SetupTrust.Insecure, 1);
    }

    public VerificationKey Verification => _key.Verification;

    public WrapVerificationKey Wrap { get; }

    public Circuit Circuit => _key.Circuit;

    public byte[] KeyBlob => Chain.Encoding.KeyBlob.Encode(Verification, Wrap);

    public static RegisteredModel Of(QuantizedModel model, CircuitOptions options)
    {
        Circuit circuit = CircuitCompiler.Compile(model, options);
        CompiledConstraints constraints = WrapCircuit.Compile(circuit);
        var delta = Fr.FromInt64(0x5eed);
        Groth16ProvingKey initial = Groth16KeyGenerator.Generate(constraints.System, InsecureSetup.Secrets);
        Groth16ProvingKey key = initial with
        {
            Delta = G1.Generator.Multiply(delta),
            Verification = initial.Verification with { Delta = G2.Generator.Multiply(delta) },
            PointsC = CommonScalarMultiplication.Compute(initial.PointsC, delta.Inverse()),
            PointsH = CommonScalarMultiplication.Compute(initial.PointsH, delta.Inverse()),
        };
        return new RegisteredModel(constraints, key, KeysOf(model, options, circuit));
    }

    /// <summary>Another model of the same architecture: the key of the wrap serves it as well.</summary>
    public RegisteredModel Retrained()
    {
        QuantizedModel model = QuantizedModelValidator.Validated(_key.Model with
        {
            Nodes = [.. _key.Model.Nodes.Select(node => node is ConvolutionNode convolution
                ? convolution with { Weights = [.. convolution.Weights.Select(weight => -weight)] }
                : node)],
        });
        return new RegisteredModel(_constraints, _groth16, KeysOf(model, Circuit.Options, Circuit));
    }

    public (PublicStatement Statement, WrappedProof Proof) Prove(ReadOnlySpan<byte> context, int[]? input = null)
    {
        ExecutionTrace trace = new ReferenceExecutor().Execute(_key.Model, input ?? SyntheticModels.Input(_key.Model, 1, seed: 1), 1);
        ProvenInference proven = InferenceProver.Prove(_key, trace, context);
        Assert.True(
            Wrapper.TryWrap(Verification, _constraints, _groth16, proven.Statement, proven.Proof, out WrappedProof? proof, out Rejection? rejection),
            rejection?.ToString());
        return (proven.Statement, proof);
    }

    /// <summary>What the verifier in C# says of the bytes that a contract would get.</summary>
    public Rejection? Verify(PublicStatement statement, ReadOnlySpan<byte> calldata) =>
        ProofCalldata.TryDecode(calldata, Circuit, out WrappedProof? proof, out Rejection? rejection)
            ? WrappedVerifier.Verify(Verification, Wrap, statement, WrappedProofFormat.Encode(proof))
            : rejection;

    private static ProvingKey KeysOf(QuantizedModel model, CircuitOptions options, Circuit circuit)
    {
        StructuredReferenceString srs = InsecureSetup.Generate(circuit.Layout.RequiredPowers);
        return KeyGenerator.Generate(model, options, srs.Powers, new SetupReference([.. srs.Id.Span], srs.TauG2, srs.IsInsecure));
    }
}
