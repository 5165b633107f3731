using VerifiableML.Cli.CommandLine;

namespace VerifiableML.Cli.Devices;

/// <summary>GPUs, in a build without ILGPU: there are none.</summary>
internal static class GpuSupport
{
    /// <summary>Why, and what to do.</summary>
    public const string Missing =
        "GPU support is left out of this build; with the packages ILGPU and ILGPU.Algorithms in reach, "
        + "'dotnet build src/OptionalPackages/OptionalPackages.proj' turns it on for the next build";

    /// <summary>No devices.</summary>
    public static IReadOnlyList<ListedDevice> Find(out string? problem)
    {
        problem = Missing;
        return [];
    }

    /// <summary>Always refuses.</summary>
    /// <exception cref="MisuseException">Always.</exception>
    public static ComputeDevice Open(string device) => throw new MisuseException($"--device {device}: {Missing}");
}
