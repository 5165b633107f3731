using VerifiableML.Gpu.Ceilings;
using VerifiableML.Gpu.Devices;

namespace VerifiableML.Gpu.Tests.Ceilings;

public sealed class DeviceCeilingsTests
{
    [Fact]
    public void Every_ceiling_is_a_number_on_the_simulated_device()
    {
        using GpuDevice device = GpuDevice.OpenSimulated();
        var ceilings = DeviceCeilings.Measure(device);
        Assert.All(
            [ceilings.CopyBytesPerSecond, ceilings.UploadBytesPerSecond, ceilings.DownloadBytesPerSecond, ceilings.MultiplicationsPerSecond],
            value => Assert.True(double.IsFinite(value) && value > 0));
    }
}
