using VerifiableML.Algebra.Vectors;

namespace VerifiableML.Gpu.Devices;

/// <summary>Why a device could not do what it was asked.</summary>
public enum GpuFailure
{
    /// <summary>The library of NVIDIA's driver is not on this machine.</summary>
    NoDriver,

    /// <summary>The driver is there, but too old for the device or for ILGPU.</summary>
    DriverTooOld,

    /// <summary>The driver knows no device of that number.</summary>
    NoSuchDevice,

    /// <summary>The device's memory does not suffice.</summary>
    OutOfMemory,

    /// <summary>A kernel could not be compiled, could not be launched, or failed while it ran.</summary>
    KernelFailed,

    /// <summary>The device computed something else than the host does.</summary>
    WrongResult,
}

/// <summary>A device failed. The message is one line for users; whatever was being computed is to be computed again elsewhere.</summary>
/// <param name="failure">What failed.</param>
/// <param name="message">One line that says what failed, where, and what can be done.</param>
/// <param name="cause">What the runtime reported, or null.</param>
public sealed class GpuException(GpuFailure failure, string message, Exception? cause = null) : DeviceFailureException(message, cause!)
{
    /// <summary>What failed.</summary>
    public GpuFailure Failure { get; } = failure;
}
