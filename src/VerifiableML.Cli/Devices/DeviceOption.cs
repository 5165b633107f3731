using System.CommandLine;
using System.Globalization;

namespace VerifiableML.Cli.Devices;

/// <summary><c>--device auto|cpu|cuda:N</c>.</summary>
internal static class DeviceOption
{
    /// <summary>Takes whatever promises to be fastest, and the cores where that fails.</summary>
    public const string Auto = "auto";

    private const string CudaPrefix = "cuda:";

    /// <summary>Makes the option.</summary>
    public static Option<string> Create()
    {
        var option = new Option<string>("--device")
        {
            Description = "What to compute with: auto (the fastest for the job that works), cpu, or a GPU as 'vml devices' lists them.",
            DefaultValueFactory = _ => Auto,
            HelpName = "auto|cpu|cuda:N",
        };
        option.Validators.Add(result =>
        {
            string value = result.GetValue(option)!;
            if (value is not (Auto or ComputeDevice.CpuId) && Ordinal(value) is null)
            {
                result.AddError($"--device {value}: not one of auto, cpu, cuda:0, cuda:1 …");
            }
        });
        return option;
    }

    /// <summary>The number in <c>cuda:N</c>, or null.</summary>
    public static int? Ordinal(string device) =>
        device.StartsWith(CudaPrefix, StringComparison.Ordinal)
        && int.TryParse(device.AsSpan(CudaPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int ordinal)
            ? ordinal
            : null;
}
