using VerifiableML.Model.Execution;
using VerifiableML.Model.Quantized;
using VerifiableML.Prover;

namespace VerifiableML.Cli.Devices;

/// <summary>What a command computes with: the cores of this machine, or a device.</summary>
/// <param name="id">The name that <c>--device</c> takes.</param>
/// <param name="description">The maker's name, or the number of cores.</param>
/// <param name="executor">Runs models.</param>
/// <param name="backend">Proves.</param>
internal class ComputeDevice(string id, string description, IIntegerExecutor executor, ProverBackend backend) : IDisposable
{
    /// <summary>The name of the cores.</summary>
    public const string CpuId = "cpu";

    /// <summary>The name that <c>--device</c> takes.</summary>
    public string Id { get; } = id;

    /// <summary>The maker's name, or the number of cores.</summary>
    public string Description { get; } = description;

    /// <summary>Runs models.</summary>
    public IIntegerExecutor Executor { get; } = executor;

    /// <summary>Proves.</summary>
    public ProverBackend Backend { get; } = backend;

    /// <summary>True for the cores of this machine.</summary>
    public bool IsCpu => Id == CpuId;

    /// <summary>The cores of this machine.</summary>
    public static ComputeDevice CreateCpu() =>
        new(CpuId, $"{Environment.ProcessorCount} cores", new VectorExecutor(), ProverBackend.Cpu);

    /// <summary>Runs a model as the executor does, with the time of each node; without checks of the result.</summary>
    public virtual int[] Run(QuantizedModel model, int[] input, int batchSize, Action<int, TimeSpan>? nodeRan) =>
        new VectorExecutor(nodeRan: nodeRan).Execute(model, input, batchSize).Output;

    /// <summary>What the device does at most, measured now; null for the cores.</summary>
    public virtual DeviceLimits? MeasureLimits() => null;

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Gives back what the device holds.</summary>
    /// <param name="disposing">True where <see cref="Dispose()"/> was called.</param>
    protected virtual void Dispose(bool disposing)
    {
    }
}

/// <summary>A device that <c>vml devices</c> lists.</summary>
/// <param name="Id">The name that <c>--device</c> takes.</param>
/// <param name="Name">The maker's name.</param>
/// <param name="Details">Memory, compute capability, driver.</param>
/// <param name="Speed">Greater for the faster of two GPUs; says nothing else.</param>
/// <param name="Problem">Why it cannot be used, or null.</param>
internal sealed record ListedDevice(string Id, string Name, string Details, long Speed, string? Problem);

/// <summary>What a device does at most, measured by kernels that do nothing else.</summary>
/// <param name="CopyBytesPerSecond">Bytes read and written in device memory.</param>
/// <param name="UploadBytesPerSecond">Bytes to the device.</param>
/// <param name="DownloadBytesPerSecond">Bytes from the device.</param>
/// <param name="MultiplicationsPerSecond">Products in the scalar field.</param>
internal sealed record DeviceLimits(
    double CopyBytesPerSecond, double UploadBytesPerSecond, double DownloadBytesPerSecond, double MultiplicationsPerSecond);
