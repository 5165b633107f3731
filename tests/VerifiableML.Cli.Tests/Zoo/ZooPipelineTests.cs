using VerifiableML.Circuits;
using VerifiableML.Circuits.Verification;
using VerifiableML.Model.Execution;
using VerifiableML.Model.Quantized;
using VerifiableML.Protocol.Proofs;
using VerifiableML.Prover;
using VerifiableML.Prover.Keys;

namespace VerifiableML.Cli.Tests.Zoo;

/// <summary>Models as other exporters make them go all the way: read, quantized, run, proven and verified.</summary>
public sealed class ZooPipelineTests
{
    private const int Batch = 2;

    [Theory]
    [MemberData(nameof(ZooModel.Names), MemberType = typeof(ZooModel))]
    public void A_model_is_quantized_proven_and_verified(string name)
    {
        if (!ZooModel.Named(name).TryQuantize(Batch, out QuantizedModel? model, out int[]? input))
        {
            return;
        }

        ExecutionTrace trace = new VectorExecutor().Execute(model, input, Batch);
        Assert.Equal(new ReferenceExecutor().Execute(model, input, Batch).Output, trace.Output);

        ProvingKey key = ZooModel.MakeKey(model, new CircuitOptions(Batch));
        ProvenInference proven = InferenceProver.Prove(key, trace);
        byte[] proof = CoreProofFormat.Encode(proven.Proof);
        Assert.Null(InferenceVerifier.Verify(key.Verification, proven.Statement, proof));

        int[] forged = [.. trace.Output];
        forged[^1] += forged[^1] < model.Output.Maximum ? 1 : -1;
        Assert.NotNull(InferenceVerifier.Verify(key.Verification, proven.Statement with { Output = forged }, proof));
    }
}
