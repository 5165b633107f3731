using System.Runtime.InteropServices;
using VerifiableML.Gpu.Fields;

namespace VerifiableML.Gpu.Groups.Kernels;

/// <summary>An affine point of G1 in a kernel, with the bytes that the host's has; (0, 0) for infinity.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct DevicePoint
{
    public DeviceElement X;

    public DeviceElement Y;

    public readonly bool IsInfinity => X.IsZero && Y.IsZero;
}

/// <summary>
/// A sum of points in a kernel: (X/ZZ, Y/ZZZ) with ZZ³ = ZZZ², the coordinates in which adding an affine point takes ten multiplications. Infinity
/// where ZZ is zero, hence in cleared memory.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal struct DeviceSum
{
    public DeviceElement X;

    public DeviceElement Y;

    public DeviceElement ZZ;

    public DeviceElement ZZZ;

    public readonly bool IsInfinity => ZZ.IsZero;
}
