using System.Text.Json;
using VerifiableML.Algebra.Vectors;
using VerifiableML.Cli.CommandLine;
using VerifiableML.Cli.Devices;

namespace VerifiableML.Cli.Tests.Devices;

public sealed class DeviceTests
{
    private static readonly TimeSpan Long = TimeSpan.FromHours(1);

    [Fact]
    public void Devices_lists_the_CPU_and_says_what_is_with_GPUs()
    {
        (int code, JsonElement report, _) = Vml.RunJson("devices");
        Assert.Equal(ExitCode.Accepted, code);
        Assert.Equal("cpu", report.GetProperty("devices")[0].GetProperty("id").GetString());
        bool hasGpus = report.GetProperty("devices").GetArrayLength() > 1;
        Assert.Equal(hasGpus, report.GetProperty("gpuProblem").ValueKind == JsonValueKind.Null);
    }

    [Theory]
    [InlineData("gpu")]
    [InlineData("cuda")]
    [InlineData("cuda:-1")]
    [InlineData("cuda:x")]
    public void A_device_that_is_none_is_refused(string device) =>
        Assert.Contains(device, Vml.AssertRefused("run", "folder", "--input", "x.npy", "--device", device), StringComparison.Ordinal);

    [Fact]
    public void Auto_leaves_short_jobs_to_the_CPU() =>
        Assert.Equal("cpu", Run("auto", TimeSpan.FromMilliseconds(1), device => device.Id, _ => throw new InvalidOperationException("opened")).Result);

    [Fact]
    public void Auto_takes_the_first_GPU_for_long_jobs() =>
        Assert.Equal("cuda:3", Run("auto", Long, device => device.Id, Open).Result);

    [Fact]
    public void Auto_lets_the_CPU_do_the_job_where_a_GPU_cannot_be_opened()
    {
        (string result, string error) = Run("auto", Long, device => device.Id, _ => throw new DeviceFailureException("cuda:3: no memory"));
        Assert.Equal("cpu", result);
        Assert.Contains("cuda:3: no memory", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Auto_lets_the_CPU_do_the_whole_job_again_where_a_GPU_fails_in_the_middle()
    {
        var jobs = new List<string>();
        (string result, string error) = Run("auto", Long, device =>
        {
            jobs.Add(device.Id);
            return device.IsCpu ? device.Id : throw new DeviceFailureException("cuda:3: a kernel failed");
        }, Open);
        Assert.Equal("cpu", result);
        Assert.Equal(["cuda:3", "cpu"], jobs);
        Assert.Contains("a kernel failed", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_GPU_that_was_asked_for_is_not_replaced() =>
        Assert.Throws<DeviceFailureException>(() => Run<string>("cuda:3", Long, _ => throw new DeviceFailureException("fails"), Open));

    private static ComputeDevice Open(string id)
    {
        var cpu = ComputeDevice.CreateCpu();
        return new ComputeDevice(id, "a device of the test's", cpu.Executor, cpu.Backend);
    }

    private static (T Result, string Error) Run<T>(string device, TimeSpan cpuTime, Func<ComputeDevice, T> job, Func<string, ComputeDevice> open)
    {
        using var error = new StringWriter();
        T result = DeviceJob.Run(device, cpuTime, new Terminal(TextWriter.Null, error, json: false), job, () => ["cuda:3"], open);
        return (result, error.ToString());
    }
}
