using VerifiableML.Algebra;
using VerifiableML.Algebra.Fft;
using VerifiableML.Algebra.Vectors;
using VerifiableML.Gpu.Devices;
using VerifiableML.Gpu.Fft;
using VerifiableML.Gpu.Vectors;

namespace VerifiableML.Gpu.Tests.Fft;

/// <summary>The device's transforms, on ILGPU's CPU accelerator, against the host's, bit for bit.</summary>
public sealed class DeviceTransformsTests : IDisposable
{
    private static readonly HostTransforms Host = new();

    private readonly GpuDevice _device = GpuDevice.OpenSimulated();
    private readonly GpuFieldKernels _kernels;

    public DeviceTransformsTests() => _kernels = new GpuFieldKernels(_device, FieldKernels.Best, hostLength: 0);

    public void Dispose()
    {
        _kernels.Dispose();
        _device.Dispose();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(8)]
    public void One_pass(int logSize)
    {
        var transforms = new DeviceTransforms(_kernels);
        CheckAll(transforms, logSize);
    }

    /// <summary>As a device does it, with more elements than one tile has.</summary>
    [Fact]
    public void Two_passes_of_full_tiles()
    {
        var transforms = new DeviceTransforms(_kernels);
        Check(transforms, 12, (each, values, _) => each.Transform(values));
    }

    [Theory]
    [InlineData(4, 2, 2)]
    [InlineData(7, 2, 3)]
    [InlineData(8, 4, 2)]
    [InlineData(9, 1, 4)]
    public void Several_passes_of_small_tiles(int logSize, int lastBits, int mostBits)
    {
        var transforms = new DeviceTransforms(_kernels) { Plan = size => TransformPlan.Of(size, lastBits, mostBits) };
        CheckAll(transforms, logSize);
    }

    [Fact]
    public void Values_may_be_on_the_device()
    {
        var transforms = new DeviceTransforms(_kernels);
        Fr[] values = [.. Enumerable.Range(0, 32).Select(i => Fr.FromInt64(i - 7))];
        using FrVector host = FrVector.From(values), device = _kernels.Rent(40);
        host.All.CopyTo(device.Slice(5, 32));
        Host.MoveToCoset(host.All, Fr.FromUInt64(11));
        transforms.MoveToCoset(device.Slice(5, 32), Fr.FromUInt64(11));
        Assert.Equal(host.All.ToArray(), device.Slice(5, 32).ToArray());
    }

    [Theory]
    [InlineData(17, 2)]
    [InlineData(20, 3)]
    [InlineData(22, 3)]
    [InlineData(24, 3)]
    public void Plans_cover_every_stage_once(int logSize, int passes)
    {
        TransformPass[] plan = TransformPlan.Of(logSize);
        Assert.Equal(passes, plan.Length);
        int stage = logSize;
        foreach (TransformPass pass in plan)
        {
            stage -= pass.Bits;
            Assert.Equal(stage, pass.LogStride);
            Assert.InRange(pass.TileSize, 1, TransformKernels.MaximumTileSize);
            Assert.Equal(1 << logSize, pass.Tiles * pass.TileSize);
        }

        Assert.Equal(0, stage);
    }

    [Fact]
    public void Sizes_without_a_domain_are_refused()
    {
        var transforms = new DeviceTransforms(_kernels);
        using FrVector values = FrVector.Rent(12, cleared: true);
        Assert.Throws<ArgumentException>(() => transforms.Transform(values.All));
        Assert.Throws<ArgumentException>(() => Host.Transform(values.All));
        Assert.Throws<ArgumentException>(() => transforms.Transform(values.Slice(0, 0)));
    }

    private static void CheckAll(DeviceTransforms transforms, int logSize)
    {
        Check(transforms, logSize, (each, values, _) => each.Transform(values));
        Check(transforms, logSize, (each, values, _) => each.InverseTransform(values));
        Check(transforms, logSize, (each, values, shift) => each.TransformOnCoset(values, shift));
        Check(transforms, logSize, (each, values, shift) => each.InverseTransformOnCoset(values, shift));
        Check(transforms, logSize, (each, values, shift) => each.MoveToCoset(values, shift));
    }

    private static void Check(DeviceTransforms transforms, int logSize, Action<IDomainTransforms, FrSlice, Fr> transform)
    {
        // A slice within a vector: offset and stride are not those of a whole one.
        int size = 1 << logSize;
        using FrVector device = FrVector.Rent(size + 3), host = FrVector.Rent(size);
        var random = new Random(logSize);
        byte[] bytes = new byte[40];
        for (int i = 0; i < size; i++)
        {
            random.NextBytes(bytes);
            host[i] = device[i + 2] = i % 5 == 4 ? -Fr.One : Fr.FromWideBytes(bytes);
        }

        Fr shift = EvaluationDomain.MultiplicativeGenerator;
        transform(Host, host.All, shift);
        transform(transforms, device.Slice(2, size), shift);
        Assert.Equal(host.All.ToArray(), device.Slice(2, size).ToArray());
    }
}
