using VerifiableML.Circuits;
using VerifiableML.Circuits.Compilation;
using VerifiableML.Circuits.Keys;
using VerifiableML.Circuits.Verification;
using VerifiableML.Model.Execution;
using VerifiableML.Model.Onnx;
using VerifiableML.Model.Quantization;
using VerifiableML.Model.Quantized;
using VerifiableML.Protocol.Proofs;
using VerifiableML.Protocol.Setup;
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
        ZooModel zoo = ZooModel.Named(name);
        OnnxGraph graph;
        try
        {
            graph = OnnxReader.Read(zoo.Path);
        }
        catch (ModelFormatException) when (!zoo.Required)
        {
            return;
        }

        float[] samples = zoo.ReadSamples();
        QuantizedModel model = Quantizer.Quantize(graph, samples);
        int[] input = InputQuantizer.Quantize(model, samples.AsSpan(0, samples.Length / zoo.Samples * Batch), saturate: true);
        ExecutionTrace trace = new VectorExecutor().Execute(model, input, Batch);
        Assert.Equal(new ReferenceExecutor().Execute(model, input, Batch).Output, trace.Output);

        ProvingKey key = MakeKey(model);
        ProvenInference proven = InferenceProver.Prove(key, trace);
        byte[] proof = CoreProofFormat.Encode(proven.Proof);
        Assert.Null(InferenceVerifier.Verify(key.Verification, proven.Statement, proof));

        int[] forged = [.. trace.Output];
        forged[^1] += forged[^1] < model.Output.Maximum ? 1 : -1;
        Assert.NotNull(InferenceVerifier.Verify(key.Verification, proven.Statement with { Output = forged }, proof));
    }

    private static ProvingKey MakeKey(QuantizedModel model)
    {
        var options = new CircuitOptions(Batch);
        int powers = CircuitCompiler.Compile(model, options).Layout.RequiredPowers;
        StructuredReferenceString srs = InsecureSetup.Generate(powers, "a fixed seed for tests"u8);
        return KeyGenerator.Generate(model, options, srs.Powers, new SetupReference([.. srs.Id.Span], srs.TauG2, srs.IsInsecure));
    }
}
