using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace VerifiableML.Algebra.Vectors;

/// <summary>
/// Eight integers ready to be multiplied: lane k holds Σ Lj[k]·2^(52·j), every limb an integer below 2^52 kept as a double, which holds
/// it exactly.
/// </summary>
[SkipLocalsInit]
internal struct LaneFactor
{
    public Vector512<double> L0, L1, L2, L3, L4;

    /// <summary>Loads eight neighbours from four planes: word j of element k is at <paramref name="origin"/> + j·stride + k.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Load(ref readonly ulong origin, nuint stride, out LaneFactor result)
    {
        Vector512<ulong> w0 = Vector512.LoadUnsafe(in origin);
        Vector512<ulong> w1 = Vector512.LoadUnsafe(in origin, stride);
        Vector512<ulong> w2 = Vector512.LoadUnsafe(in origin, 2 * stride);
        Vector512<ulong> w3 = Vector512.LoadUnsafe(in origin, 3 * stride);
        FromWords(w0, w1, w2, w3, out result);
    }

    /// <summary>Loads eight neighbours times 16, as one of the two factors of a product in R = 2^256 has to be.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void LoadTimes16(ref readonly ulong origin, nuint stride, out LaneFactor result)
    {
        Vector512<ulong> w0 = Vector512.LoadUnsafe(in origin);
        Vector512<ulong> w1 = Vector512.LoadUnsafe(in origin, stride);
        Vector512<ulong> w2 = Vector512.LoadUnsafe(in origin, 2 * stride);
        Vector512<ulong> w3 = Vector512.LoadUnsafe(in origin, 3 * stride);
        FromWordsTimes16(w0, w1, w2, w3, out result);
    }

    /// <summary>The same 256-bit integer in all lanes.</summary>
    public static void Broadcast(in Limbs value, out LaneFactor result) => FromWords(
        Vector512.Create(value.L0), Vector512.Create(value.L1), Vector512.Create(value.L2), Vector512.Create(value.L3), out result);

    /// <summary>The same 256-bit integer times 16 in all lanes.</summary>
    public static void BroadcastTimes16(in Limbs value, out LaneFactor result) => FromWordsTimes16(
        Vector512.Create(value.L0), Vector512.Create(value.L1), Vector512.Create(value.L2), Vector512.Create(value.L3), out result);

    /// <summary>The Montgomery form of the same element in all lanes.</summary>
    public static void Broadcast(in Fr value, out LaneFactor result) =>
        Broadcast(new Limbs(value.Limb0, value.Limb1, value.Limb2, value.Limb3), out result);

    /// <summary>The Montgomery form of the same element, times 16, in all lanes.</summary>
    public static void BroadcastTimes16(in Fr value, out LaneFactor result) =>
        BroadcastTimes16(new Limbs(value.Limb0, value.Limb1, value.Limb2, value.Limb3), out result);

    /// <summary>An integer below 2^52 in every lane, as a double.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Limb(Vector512<ulong> integer) => Avx512DQ.ConvertToVector512Double(integer);

    /// <summary>Splits 256-bit integers, given as four words each, into limbs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void FromWords(
        Vector512<ulong> w0, Vector512<ulong> w1, Vector512<ulong> w2, Vector512<ulong> w3, out LaneFactor result)
    {
        Vector512<ulong> mask = LaneBits.LimbMask;
        result.L0 = Limb(w0 & mask);
        result.L1 = Limb(LaneBits.OrAnd(w0 >>> 52, w1 << 12, mask));
        result.L2 = Limb(LaneBits.OrAnd(w1 >>> 40, w2 << 24, mask));
        result.L3 = Limb(LaneBits.OrAnd(w2 >>> 28, w3 << 36, mask));
        result.L4 = Limb(w3 >>> 16);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FromWordsTimes16(
        Vector512<ulong> w0, Vector512<ulong> w1, Vector512<ulong> w2, Vector512<ulong> w3, out LaneFactor result)
    {
        Vector512<ulong> mask = LaneBits.LimbMask;
        result.L0 = Limb((w0 << 4) & mask);
        result.L1 = Limb(LaneBits.OrAnd(w0 >>> 48, w1 << 16, mask));
        result.L2 = Limb(LaneBits.OrAnd(w1 >>> 36, w2 << 28, mask));
        result.L3 = Limb(LaneBits.OrAnd(w2 >>> 24, w3 << 40, mask));
        result.L4 = Limb(w3 >>> 12);
    }
}
