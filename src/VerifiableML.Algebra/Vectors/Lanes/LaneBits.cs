using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace VerifiableML.Algebra.Vectors;

/// <summary>The few bit operations that cutting numbers into limbs consists of.</summary>
internal static class LaneBits
{
    /// <summary>Bits of one limb.</summary>
    public const int LimbBits = 52;

    /// <summary>2^52 − 1 in every lane.</summary>
    public static Vector512<ulong> LimbMask
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512.Create((1UL << LimbBits) - 1);
    }

    /// <summary>(a | b) &amp; c in one instruction.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ulong> OrAnd(Vector512<ulong> a, Vector512<ulong> b, Vector512<ulong> c) =>
        Avx512F.TernaryLogic(a, b, c, 0xA8);

    /// <summary>What a limb hands to the next one; rounds down where the limb is negative.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ulong> Carry(Vector512<ulong> limb) => (limb.AsInt64() >> LimbBits).AsUInt64();

    /// <summary>−1 in the lanes where the signed value is below zero, else 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ulong> Sign(Vector512<ulong> value) => (value.AsInt64() >> 63).AsUInt64();
}
