using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using VerifiableML.Algebra;

namespace VerifiableML.Gpu.Fields;

/// <summary>
/// A field element in a kernel: eight 32-bit limbs, least significant first, of the same Montgomery form with R = 2^256 that <see cref="Fr"/> and
/// <see cref="Fq"/> have, so that the bytes are the same on host and device. Named fields and no array, as an array in a kernel is local memory.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
public struct DeviceElement
{
    /// <summary>Limb 0, the least significant.</summary>
    public uint L0;

    /// <summary>Limb 1.</summary>
    public uint L1;

    /// <summary>Limb 2.</summary>
    public uint L2;

    /// <summary>Limb 3.</summary>
    public uint L3;

    /// <summary>Limb 4.</summary>
    public uint L4;

    /// <summary>Limb 5.</summary>
    public uint L5;

    /// <summary>Limb 6.</summary>
    public uint L6;

    /// <summary>Limb 7, the most significant.</summary>
    public uint L7;

    /// <summary>Number of limbs.</summary>
    public const int LimbCount = 8;

    /// <summary>True where all limbs are zero, which is the zero of either field.</summary>
    public readonly bool IsZero => (L0 | L1 | L2 | L3 | L4 | L5 | L6 | L7) == 0;

    /// <summary>The same bytes as a kernel's argument; for the host.</summary>
    public static DeviceElement From(Fr value) => Unsafe.BitCast<Fr, DeviceElement>(value);

    /// <summary>The same bytes as a kernel's argument; for the host.</summary>
    public static DeviceElement From(Fq value) => Unsafe.BitCast<Fq, DeviceElement>(value);

    /// <summary>The same bytes as an element of the scalar field; for the host.</summary>
    public readonly Fr ToFr() => Unsafe.BitCast<DeviceElement, Fr>(this);

    /// <summary>The same bytes as an element of the base field; for the host.</summary>
    public readonly Fq ToFq() => Unsafe.BitCast<DeviceElement, Fq>(this);
}
