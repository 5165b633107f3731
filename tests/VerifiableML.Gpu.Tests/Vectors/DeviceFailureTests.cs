using ILGPU;
using VerifiableML.Algebra;
using VerifiableML.Algebra.Groups;
using VerifiableML.Algebra.Vectors;
using VerifiableML.Circuits;
using VerifiableML.Gpu.Vectors;
using VerifiableML.Model.Execution;
using VerifiableML.Model.Quantized;
using VerifiableML.Model.Samples;
using VerifiableML.Protocol.Proofs;
using VerifiableML.Prover;
using VerifiableML.Prover.Keys;
using VerifiableML.Prover.Tests;

namespace VerifiableML.Gpu.Tests.Vectors;

/// <summary>Devices that fail, or compute something wrong, in the middle of a proof.</summary>
public sealed class DeviceFailureTests(SimulatedKernels simulated) : IClassFixture<SimulatedKernels>
{
    private static readonly QuantizedModel Model = SyntheticModels.Mlp(3, 4, 2);

    [Theory]
    [InlineData(0, "out of memory")]
    [InlineData(25, "out of memory")]
    [InlineData(60, "kernel")]
    [InlineData(110, "kernel")]
    public void A_failure_is_one_clear_line_and_leaves_the_next_proof_alone(long launch, string what)
    {
        ProvingKey key = ProvingFixture.KeyFor(Model, new CircuitOptions());
        using var kernels = new GpuFieldKernels(simulated.Device, FieldKernels.Best, hostLength: 16);
        kernels.Vectors.Kernels.BeforeLaunch = number =>
        {
            if (number == launch)
            {
                kernels.Vectors.Kernels.BeforeLaunch = null;
                throw what == "kernel" ? new InternalCompilerException("no such instruction") : new InsufficientMemoryException();
            }
        };
        DeviceFailureException failure = Assert.ThrowsAny<DeviceFailureException>(() => Prove(key, kernels));
        Assert.Contains("simulated", failure.Message, StringComparison.Ordinal);
        Assert.Contains("--device cpu", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failure.Message);
        Assert.Equal(CoreProofFormat.Encode(Prove(key, null).Proof), CoreProofFormat.Encode(Prove(key, kernels).Proof));
    }

    [Fact]
    public void Memory_is_given_back_after_a_proof_and_lent_again_for_the_next()
    {
        ProvingKey key = ProvingFixture.KeyFor(Model, new CircuitOptions());
        using var kernels = new GpuFieldKernels(simulated.Device, FieldKernels.Best, hostLength: 16);
        Prove(key, kernels);
        Collect();
        long bytes = kernels.AllocatedBytes;
        int lent = kernels.Vectors.Pool.Lent;
        DeviceTraffic first = kernels.Traffic;
        Prove(key, kernels);
        Collect();

        // What the first proof left is enough for the second one, whose arrays are its own but for the weights: those are there already.
        long weights = sizeof(int) * Model.Nodes.OfType<ConvolutionNode>().Sum(node => node.Weights.LongLength);
        Assert.Equal(first.BytesUp - weights, (kernels.Traffic - first).BytesUp);

        // Threads overlap in another way each time, so a block more may be needed; a proof that gave nothing back would double it.
        Assert.InRange(kernels.AllocatedBytes, bytes, bytes + (bytes / 4));
        Assert.Equal(lent, kernels.Vectors.Pool.Lent);

        // A witness stays on the device until the host has forgotten it.
        static void Collect()
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
    }

    [Fact]
    public void Sums_that_are_wrong_make_no_proof()
    {
        ProvingKey key = ProvingFixture.KeyFor(Model, new CircuitOptions());
        using var kernels = new GpuFieldKernels(simulated.Device, FieldKernels.Best, hostLength: 16);
        for (int call = 0; call < 4; call++)
        {
            var failure = Assert.Throws<DeviceFailureException>(() => Prove(key, kernels, new WrongSums(call)));
            Assert.Contains("refused", failure.Message, StringComparison.Ordinal);
        }
    }

    /// <summary>The device's copy of the weights is not what the key commits to: as if its memory had changed.</summary>
    [Fact]
    public void Weights_that_are_wrong_make_no_proof()
    {
        ProvingKey key = ProvingFixture.KeyFor(Model, new CircuitOptions());
        using var kernels = new GpuFieldKernels(simulated.Device, FieldKernels.Best, hostLength: 0);
        int[] weights = key.Model.Nodes.OfType<ConvolutionNode>().First().Weights;
        weights[0] ^= 1;
        kernels.Vectors.Integers.View(weights, out _);
        weights[0] ^= 1;
        var failure = Assert.Throws<DeviceFailureException>(() => Prove(key, kernels));
        Assert.Contains("computed something wrong", failure.Message, StringComparison.Ordinal);
    }

    private static ProvenInference Prove(ProvingKey key, GpuFieldKernels? kernels, IMultiScalarMultiplication? sums = null)
    {
        ExecutionTrace trace = ProvingFixture.Execute(key.Model, 1, 1);
        ProverBackend backend = kernels is null
            ? ProverBackend.Cpu
            : new ProverBackend("simulated", kernels, sums ?? new HostMultiScalarMultiplication()) { Traffic = () => kernels.Traffic };
        return InferenceProver.Prove(key, trace, backend: backend);
    }

    /// <summary>Adds the generator to the sums of one call.</summary>
    private sealed class WrongSums(int wrong) : IMultiScalarMultiplication
    {
        private readonly HostMultiScalarMultiplication _right = new();
        private int _calls;

        public G1 Compute(G1Bases bases, FrSlice scalars) => _right.Compute(bases, scalars) + Error();

        public G1[] ComputeRows(G1Bases bases, ReadOnlyMemory<int> matrix, int rows, int columns)
        {
            G1 error = Error();
            return [.. _right.ComputeRows(bases, matrix, rows, columns).Select(row => row + error)];
        }

        private G1 Error() => _calls++ == wrong ? G1.Generator : G1.Infinity;
    }
}
