using System.Runtime.InteropServices;

namespace VerifiableML.Algebra;

/// <summary>Four 64-bit limbs, least significant first: the storage of one field element, without a meaning of its own.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct Limbs(ulong l0, ulong l1, ulong l2, ulong l3)
{
    public readonly ulong L0 = l0;
    public readonly ulong L1 = l1;
    public readonly ulong L2 = l2;
    public readonly ulong L3 = l3;

    public bool IsZero => (L0 | L1 | L2 | L3) == 0;

    public static bool Same(in Limbs a, in Limbs b) =>
        ((a.L0 ^ b.L0) | (a.L1 ^ b.L1) | (a.L2 ^ b.L2) | (a.L3 ^ b.L3)) == 0;
}
