using VerifiableML.Gpu.Devices;

namespace VerifiableML.Gpu.Tests.Devices;

public sealed class GpuDeviceTests
{
    [Fact]
    public void The_simulated_device_runs_a_kernel()
    {
        using GpuDevice device = GpuDevice.OpenSimulated();
        Assert.False(device.IsHardware);
        Assert.True(CopyBandwidth.Measure(device, 1 << 12) > 0);
    }

    [Fact]
    public void A_device_that_is_not_there_is_named_in_one_line()
    {
        var exception = Assert.Throws<GpuException>(() => GpuDevice.Open(99));
        Assert.Contains(exception.Failure, new[] { GpuFailure.NoDriver, GpuFailure.NoSuchDevice });
        Assert.DoesNotContain('\n', exception.Message);
    }
}
