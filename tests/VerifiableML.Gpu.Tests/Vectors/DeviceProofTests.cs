using VerifiableML.Algebra.Groups;
using VerifiableML.Algebra.Vectors;
using VerifiableML.Circuits;
using VerifiableML.Circuits.Verification;
using VerifiableML.Gpu.Groups;
using VerifiableML.Gpu.Vectors;
using VerifiableML.Model.Execution;
using VerifiableML.Model.Quantized;
using VerifiableML.Model.Samples;
using VerifiableML.Protocol.Proofs;
using VerifiableML.Prover;
using VerifiableML.Prover.Keys;
using VerifiableML.Prover.Tests;
using VerifiableML.Prover.Tests.Attacks;

namespace VerifiableML.Gpu.Tests.Vectors;

/// <summary>Core proofs on ILGPU's CPU accelerator are those of the host, byte for byte.</summary>
public sealed class DeviceProofTests(SimulatedKernels simulated) : IClassFixture<SimulatedKernels>
{
    /// <summary>From every vector on the device to most of them on the host, so that vectors move at several places.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(8)]
    [InlineData(64)]
    public void A_dense_network(int hostLength) => Compare(SyntheticModels.Mlp(5, 7, 3), new CircuitOptions(), hostLength);

    [Fact]
    public void A_batch() => Compare(SyntheticModels.Mlp(3, 4, 2), new CircuitOptions(3), 8);

    [Fact]
    public void Every_relation() => Compare(EveryRelation.Model(1), new CircuitOptions(), 8);

    [Theory]
    [InlineData(Visibility.Public)]
    [InlineData(Visibility.Committed)]
    public void A_hiding_circuit(Visibility visibility) =>
        Compare(SyntheticModels.Mlp(3, 4, 2), CircuitOptions.ForWrapping(1, visibility, visibility), 8);

    [Theory]
    [InlineData("depthwise, multiplier 2")]
    [InlineData("conv 3x2, stride 2, asymmetric padding")]
    [InlineData("more outputs than weight rows")]
    [InlineData("max-pool with padding and overlaps")]
    [InlineData("shift 48")]
    public void Relations_of_odd_geometry(string name)
    {
        (QuantizedModel model, CircuitOptions options) = RelationCases.All[name]();
        Compare(model, options, 0);
    }

    [Fact]
    public void Sums_of_points_on_the_device_too() => Compare(SyntheticModels.Mlp(3, 4, 2), new CircuitOptions(), 0, sumsToo: true);

    private void Compare(QuantizedModel model, CircuitOptions options, int hostLength, bool sumsToo = false)
    {
        ProvingKey key = ProvingFixture.KeyFor(model, options);
        ExecutionTrace trace = ProvingFixture.Execute(model, options.BatchSize, 1);
        using var kernels = new GpuFieldKernels(simulated.Device, FieldKernels.Best, hostLength);
        var backend = new ProverBackend("simulated", kernels, sumsToo ? new DeviceMultiScalarMultiplication(kernels) : new HostMultiScalarMultiplication()) { Traffic = () => kernels.Traffic };
        ProvenInference expected = Prove(ProverBackend.Cpu), actual = Prove(backend);
        Assert.Equal(CoreProofFormat.Encode(expected.Proof), CoreProofFormat.Encode(actual.Proof));
        Assert.Null(InferenceVerifier.Verify(key.Verification, actual.Statement, actual.Proof));

        // Of the device, and of nothing else.
        Assert.Equal("simulated", actual.Backend);
        ProverStage[] ofHost = [ProverStage.Witness, ProverStage.Commit, ProverStage.Check];
        Assert.All(actual.Clock.Traffic.ExceptBy(ofHost, stage => stage.Key), stage => Assert.True(hostLength > 0 || stage.Value.Launches > 0));
        Assert.True(kernels.Traffic.Launches > 0);

        ProvenInference Prove(ProverBackend with) => InferenceProver.Prove(key, trace, default, null, null, with, new SeededRandomness(5));
    }
}
