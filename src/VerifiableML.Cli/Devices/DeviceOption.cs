using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace VerifiableML.Cli.Devices;

/// <summary><c>--device auto|cpu|cuda:N</c>.</summary>
internal static class DeviceOption
{
    /// <summary>Takes whatever promises to be fastest, and the cores where that fails.</summary>
    public const string Auto = "auto";

    /// <summary>ILGPU's CPU accelerator, thousands of times slower than a GPU: to try the kernels where there is none.</summary>
    public const string Simulated = "simulated";

    private const string CudaPrefix = "cuda:";

    /// <summary>Makes the option of a job.</summary>
    public static Option<string> Create()
    {
        var option = new Option<string>("--device")
        {
            Description = "What to compute with: auto (the fastest for the job that works), cpu, or a GPU as 'vml devices' lists them.",
            DefaultValueFactory = _ => Auto,
            HelpName = "auto|cpu|cuda:N",
        };
        option.Validators.Add(result => Check(result, result.GetValue(option)!, mayBeAuto: true));
        return option;
    }

    /// <summary>Makes the option of a measurement, which compares a device with the cores.</summary>
    public static Option<string?> CreateForComparison()
    {
        var option = new Option<string?>("--device")
        {
            Description = "Measure this GPU beside the cores, stage by stage, next to what it does at most.",
            HelpName = "cpu|cuda:N",
        };
        option.Validators.Add(result => Check(result, result.GetValue(option) ?? ComputeDevice.CpuId, mayBeAuto: false));
        return option;
    }

    /// <summary>The number in <c>cuda:N</c>, or null.</summary>
    public static int? Ordinal(string device) =>
        device.StartsWith(CudaPrefix, StringComparison.Ordinal)
        && int.TryParse(device.AsSpan(CudaPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int ordinal)
            ? ordinal
            : null;

    private static void Check(OptionResult result, string value, bool mayBeAuto)
    {
        if (value is not (ComputeDevice.CpuId or Simulated) && Ordinal(value) is null && !(mayBeAuto && value == Auto))
        {
            result.AddError($"--device {value}: not one of {(mayBeAuto ? "auto, " : "")}cpu, cuda:0, cuda:1 …");
        }
    }
}
