using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace VerifiableML.Algebra.Vectors;

/// <summary>
/// The modulus p in the shapes that <see cref="NarrowLanes{TModulus}"/> works with, each constant repeated in all eight lanes. Everything is
/// derived from the four 64-bit limbs by shifts, which the JIT folds into constants.
/// </summary>
internal static class NarrowLaneModulus<TModulus>
    where TModulus : struct, IModulus
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;
    private const ulong Limb = (1UL << 29) - 1;
    private const ulong Pair = (1UL << 58) - 1;

    /// <summary>−p⁻¹ mod 2^29.</summary>
    public static Vector512<uint> NegatedInverse { [MethodImpl(Inline)] get => Broadcast(TModulus.NegatedInverse & Limb).AsUInt32(); }

    // p in nine limbs of 29 bits.
    public static Vector512<uint> P0 { [MethodImpl(Inline)] get => Broadcast(TModulus.P0 & Limb).AsUInt32(); }

    public static Vector512<uint> P1 { [MethodImpl(Inline)] get => Broadcast((TModulus.P0 >> 29) & Limb).AsUInt32(); }

    public static Vector512<uint> P2
    {
        [MethodImpl(Inline)]
        get => Broadcast(((TModulus.P0 >> 58) | (TModulus.P1 << 6)) & Limb).AsUInt32();
    }

    public static Vector512<uint> P3 { [MethodImpl(Inline)] get => Broadcast((TModulus.P1 >> 23) & Limb).AsUInt32(); }

    public static Vector512<uint> P4
    {
        [MethodImpl(Inline)]
        get => Broadcast(((TModulus.P1 >> 52) | (TModulus.P2 << 12)) & Limb).AsUInt32();
    }

    public static Vector512<uint> P5 { [MethodImpl(Inline)] get => Broadcast((TModulus.P2 >> 17) & Limb).AsUInt32(); }

    public static Vector512<uint> P6
    {
        [MethodImpl(Inline)]
        get => Broadcast(((TModulus.P2 >> 46) | (TModulus.P3 << 18)) & Limb).AsUInt32();
    }

    public static Vector512<uint> P7 { [MethodImpl(Inline)] get => Broadcast((TModulus.P3 >> 11) & Limb).AsUInt32(); }

    public static Vector512<uint> P8 { [MethodImpl(Inline)] get => Broadcast(TModulus.P3 >> 40).AsUInt32(); }

    // p in five limbs of 58 bits.
    public static Vector512<ulong> Pair0 { [MethodImpl(Inline)] get => Broadcast(TModulus.P0 & Pair); }

    public static Vector512<ulong> Pair1 { [MethodImpl(Inline)] get => Broadcast(((TModulus.P0 >> 58) | (TModulus.P1 << 6)) & Pair); }

    public static Vector512<ulong> Pair2 { [MethodImpl(Inline)] get => Broadcast(((TModulus.P1 >> 52) | (TModulus.P2 << 12)) & Pair); }

    public static Vector512<ulong> Pair3 { [MethodImpl(Inline)] get => Broadcast(((TModulus.P2 >> 46) | (TModulus.P3 << 18)) & Pair); }

    public static Vector512<ulong> Pair4 { [MethodImpl(Inline)] get => Broadcast(TModulus.P3 >> 40); }

    // 4p in nine limbs that each (but the last) lend 2^29 to themselves from the next one, so that subtracting a limb below 2^29 from
    // any of them cannot go below zero.
    public static Vector512<ulong> Lending0 { [MethodImpl(Inline)] get => Broadcast((Four0 & Limb) + (1UL << 29)); }

    public static Vector512<ulong> Lending1 { [MethodImpl(Inline)] get => Broadcast(((Four0 >> 29) & Limb) + Limb); }

    public static Vector512<ulong> Lending2 { [MethodImpl(Inline)] get => Broadcast((((Four0 >> 58) | (Four1 << 6)) & Limb) + Limb); }

    public static Vector512<ulong> Lending3 { [MethodImpl(Inline)] get => Broadcast(((Four1 >> 23) & Limb) + Limb); }

    public static Vector512<ulong> Lending4 { [MethodImpl(Inline)] get => Broadcast((((Four1 >> 52) | (Four2 << 12)) & Limb) + Limb); }

    public static Vector512<ulong> Lending5 { [MethodImpl(Inline)] get => Broadcast(((Four2 >> 17) & Limb) + Limb); }

    public static Vector512<ulong> Lending6 { [MethodImpl(Inline)] get => Broadcast((((Four2 >> 46) | (Four3 << 18)) & Limb) + Limb); }

    public static Vector512<ulong> Lending7 { [MethodImpl(Inline)] get => Broadcast(((Four3 >> 11) & Limb) + Limb); }

    public static Vector512<ulong> Lending8 { [MethodImpl(Inline)] get => Broadcast((Four3 >> 40) - 1); }

    // 4p in four words; p < 2^254, so it fits.
    private static ulong Four0 { [MethodImpl(Inline)] get => TModulus.P0 << 2; }

    private static ulong Four1 { [MethodImpl(Inline)] get => (TModulus.P1 << 2) | (TModulus.P0 >> 62); }

    private static ulong Four2 { [MethodImpl(Inline)] get => (TModulus.P2 << 2) | (TModulus.P1 >> 62); }

    private static ulong Four3 { [MethodImpl(Inline)] get => (TModulus.P3 << 2) | (TModulus.P2 >> 62); }

    [MethodImpl(Inline)]
    private static Vector512<ulong> Broadcast(ulong value) => Vector512.Create(value);
}
