using VerifiableML.Algebra.Fft;
using VerifiableML.Algebra.Groups;
using VerifiableML.Algebra.Vectors;

namespace VerifiableML.Prover;

/// <summary>
/// What a prover computes with: the host's cores, or a device. A proof is the same, byte for byte, whichever it is; the randomness of hiding
/// circuits aside.
/// </summary>
/// <param name="Name">What to call it in reports.</param>
/// <param name="Kernels">Arithmetic over vectors of field elements.</param>
/// <param name="Sums">Sums of multiples of points.</param>
public sealed record ProverBackend(string Name, IFieldKernels Kernels, IMultiScalarMultiplication Sums)
{
    /// <summary>The host's cores, with the fastest kernels that they can run.</summary>
    public static ProverBackend Cpu { get; } = new("CPU", FieldKernels.Best, new HostMultiScalarMultiplication());

    /// <summary>Transforms between coefficients and values.</summary>
    public IDomainTransforms Transforms { get; init; } = new HostTransforms();

    /// <summary>Counts what the device was asked for so far; null on the host.</summary>
    public Func<DeviceTraffic>? Traffic { get; init; }

    /// <summary>
    /// Whether a proof is checked before it is handed out. Host code either throws or computes what it is written to; of a device's memory, driver and
    /// compiler we know less, and a check takes milliseconds.
    /// </summary>
    public bool ChecksProofs => Traffic is not null;
}

/// <summary>What a device was asked for.</summary>
/// <param name="BytesUp">Bytes copied to it.</param>
/// <param name="BytesDown">Bytes copied from it.</param>
/// <param name="Launches">Kernels started.</param>
public readonly record struct DeviceTraffic(long BytesUp, long BytesDown, long Launches)
{
    /// <summary>What was asked for between two counts.</summary>
    public static DeviceTraffic operator -(DeviceTraffic after, DeviceTraffic before) =>
        new(after.BytesUp - before.BytesUp, after.BytesDown - before.BytesDown, after.Launches - before.Launches);

    /// <summary>Both together.</summary>
    public static DeviceTraffic operator +(DeviceTraffic a, DeviceTraffic b) =>
        new(a.BytesUp + b.BytesUp, a.BytesDown + b.BytesDown, a.Launches + b.Launches);
}
