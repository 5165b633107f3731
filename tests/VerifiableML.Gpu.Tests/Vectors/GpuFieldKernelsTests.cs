using VerifiableML.Algebra.Tests.Vectors;

namespace VerifiableML.Gpu.Tests.Vectors;

/// <summary>The contract for the device's kernels, with slices on the device.</summary>
public sealed class GpuFieldKernelsTests(SimulatedKernels simulated)
    : FieldKernelsContract(simulated.Kernels, 200), IClassFixture<SimulatedKernels>;

/// <summary>The contract for the device's accumulator.</summary>
public sealed class GpuIntegerAccumulatorTests(SimulatedKernels simulated)
    : IntegerAccumulatorContract(simulated.Kernels, 40), IClassFixture<SimulatedKernels>;
