using VerifiableML.Gpu.Devices;
using VerifiableML.Gpu.Fft;
using VerifiableML.Gpu.Groups;
using VerifiableML.Gpu.Vectors;
using VerifiableML.Prover;

namespace VerifiableML.Gpu;

/// <summary>
/// A device as a prover's backend. What a key's proofs have in common, powers of tau and weights, is uploaded with the first proof and stays as long as
/// the key lives.
/// </summary>
public sealed class GpuProver : IDisposable
{
    private readonly GpuFieldKernels _kernels;

    /// <summary>Prepares a device, which outlives this.</summary>
    /// <exception cref="GpuException">The device failed.</exception>
    public GpuProver(GpuDevice device)
    {
        ArgumentNullException.ThrowIfNull(device);
        _kernels = new GpuFieldKernels(device);
        Backend = new ProverBackend($"{device.Id} ({device.Name})", _kernels, new DeviceMultiScalarMultiplication(_kernels))
        {
            Transforms = new DeviceTransforms(_kernels),
            Traffic = () => _kernels.Traffic,
        };
    }

    /// <summary>What <see cref="InferenceProver"/> takes.</summary>
    public ProverBackend Backend { get; }

    /// <inheritdoc/>
    public void Dispose() => _kernels.Dispose();
}
