using VerifiableML.Algebra;
using VerifiableML.Algebra.Fft;
using VerifiableML.Algebra.Groups;
using VerifiableML.Algebra.Tests.Vectors;
using VerifiableML.Algebra.Vectors;
using VerifiableML.Gpu.Fft;
using VerifiableML.Gpu.Groups;
using VerifiableML.Gpu.Tests.Groups;

namespace VerifiableML.Gpu.Tests.Ptx;

/// <summary>The contract for all field kernels, for the PTX of the device's.</summary>
public sealed class PtxFieldKernelsTests(PtxDevice device) : FieldKernelsContract(device.Kernels, 20), IClassFixture<PtxDevice>;

/// <summary>The contract for accumulators, for the PTX of the device's.</summary>
public sealed class PtxIntegerAccumulatorTests(PtxDevice device) : IntegerAccumulatorContract(device.Kernels, 20), IClassFixture<PtxDevice>;

/// <summary>Sums of points and transforms from end to end, for the PTX of their kernels.</summary>
public sealed class PtxPipelineTests(PtxDevice device) : IClassFixture<PtxDevice>
{
    [Fact]
    public void Sums_of_points()
    {
        var sums = new DeviceMultiScalarMultiplication(device.Kernels);
        var bases = new G1Bases([.. TestPoints.Unrelated(6), G1.Infinity, TestPoints.Unrelated(1)[0], -TestPoints.Unrelated(2)[1]]);
        Fr[] scalars = [Fr.One, -Fr.One, Fr.FromUInt64(0x9E37_79B9_7F4A_7C15).Pow(9), Fr.Zero, Fr.FromInt64(-77), Fr.One, Fr.One, Fr.One, Fr.One];
        using FrVector vector = FrVector.From(scalars);
        Assert.Equal(MultiScalarMultiplication.Compute(bases, vector.All), sums.Compute(bases, vector.All));
        int[] matrix = [1, -1, int.MaxValue, int.MinValue, 0, 5, 5, 5, 5, -3, 7, 0, 0, 0, 1, 2, 3, 4];
        Assert.Equal(MultiScalarMultiplication.ComputeRows(bases, matrix, 2, 9), sums.ComputeRows(bases, matrix, 2, 9));
    }

    [Fact]
    public void Transforms()
    {
        var transforms = new DeviceTransforms(device.Kernels) { Plan = size => TransformPlan.Of(size, lastBits: 3, mostBits: 2) };
        Fr[] values = [.. Enumerable.Range(0, 32).Select(i => Fr.FromUInt64(0x9E37_79B9_7F4A_7C15).Pow((ulong)i + 3))];
        using FrVector onDevice = FrVector.From(values), onHost = FrVector.From(values);
        transforms.MoveToCoset(onDevice.All, Fr.FromUInt64(5));
        new HostTransforms().MoveToCoset(onHost.All, Fr.FromUInt64(5));
        Assert.Equal(onHost.All.ToArray(), onDevice.All.ToArray());
    }
}
