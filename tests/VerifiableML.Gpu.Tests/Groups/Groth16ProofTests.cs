using VerifiableML.Algebra;
using VerifiableML.Gpu.Fft;
using VerifiableML.Gpu.Groups;
using VerifiableML.Gpu.Tests.Vectors;
using VerifiableML.Prover;
using VerifiableML.Prover.Groth16;
using VerifiableML.Prover.Tests.Groth16;

namespace VerifiableML.Gpu.Tests.Groups;

/// <summary>A Groth16 proof with sums of points and transforms on the device: the host's, for the same blinding.</summary>
public sealed class Groth16ProofTests(SimulatedKernels simulated) : IClassFixture<SimulatedKernels>
{
    [Fact]
    public void A_proof_is_the_host_s()
    {
        RandomSystem example = RandomSystem.Create(seed: 1, constraints: 20, publicCount: 3);
        Groth16ProvingKey key = TestSetup.Key(example.System);
        var backend = new ProverBackend("simulated", simulated.Kernels, new DeviceMultiScalarMultiplication(simulated.Kernels))
        {
            Transforms = new DeviceTransforms(simulated.Kernels),
        };
        Fr r = Fr.FromUInt64(5).Pow(100), s = Fr.FromUInt64(7).Pow(100);
        long launches = simulated.Kernels.Traffic.Launches;
        Assert.Equal(
            Groth16Prover.Prove(key, example.Wires, r, s), Groth16Prover.Prove(key, example.Wires, r, s, backend: backend));
        Assert.True(simulated.Kernels.Traffic.Launches > launches);
    }
}
